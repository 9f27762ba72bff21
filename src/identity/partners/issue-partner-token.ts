import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Planes } from '../planes';
import { type FailureLimit, Failures, networkName } from '../sign-ins/failures';
import { StartSignIn } from '../sign-ins/start-sign-in';
import { ASSERTION_TYPE, checkAssertion, claimedClient, type TakenAssertion } from './client-assertion';
import { grantsOf, type PartnerScope, scopesAsked, scopeText } from './partner-rules';
import { type PartnerRow, PartnersStore } from './partners.store';

/** Why no token was given, in the words of RFC 6749 section 5.2 and RFC 9449 section 12.2. */
export type TokenError =
  'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type' | 'invalid_dpop_proof';

/**
 * Assertions that may fail in a quarter of an hour: of one client from one network, so that nobody elsewhere can keep a
 * partner out, and of all clients from it.
 */
const FAILED = { ofClient: 10, fromNetwork: 60 };

/** The answer of the token endpoint (RFC 6749 section 5.1). */
export interface TokenAnswer {
  access_token: string;
  token_type: 'Bearer' | 'DPoP';
  expires_in: number;
  scope: string;
  /** Not of the standard: `sandbox` while nothing that the token is used for has an effect. */
  environment: 'sandbox' | 'production';
}

/** The form of a token request; a field that was sent twice is no string. */
export type TokenForm = Readonly<Record<string, unknown>>;

/**
 * A partner's program proves its key and gets a short token for what the partner is allowed (client credentials, RFC 6749
 * section 4.4, with `private_key_jwt`). Nobody types a secret, and none is stored here.
 */
@Injectable()
export class IssuePartnerToken {
  constructor(
    private readonly planes: Planes,
    private readonly store: PartnersStore,
    private readonly signIn: StartSignIn,
    private readonly failures: Failures,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The country as an authorisation server: what an assertion's audience must be. */
  issuerOf(ctx: Pick<Context, 'tenant'>): string {
    return `${this.config.publicUrl}/${ctx.tenant!.code}`;
  }

  /**
   * An unknown partner, a suspended one and an assertion that does not hold are answered, and counted, alike. Throws
   * RATE_LIMITED when too many have failed.
   */
  async run(ctx: Context, form: TokenForm): Promise<TokenAnswer | TokenError> {
    const asked = readForm(form);
    if (typeof asked === 'string') return asked;
    const limits = limitsOn(ctx, asked.client);
    const answer = await this.check(ctx, asked, limits);
    if (answer === 'invalid_client')
      await this.planes.write(ctx, 'partner', work => this.failures.count(ctx, work, 'partner', limits));
    return answer;
  }

  private async check(
    ctx: Context,
    asked: TokenRequest,
    limits: readonly FailureLimit[],
  ): Promise<TokenAnswer | TokenError> {
    const partner = await this.planes.read(ctx, 'partner', async work => {
      await this.failures.mustBeFew(ctx, work, 'partner', limits);
      return this.store.partner(work, asked.client);
    });
    if (!partner || partner.state === 'SUSPENDED') return 'invalid_client';
    const taken = await checkAssertion(asked.assertion, {
      client: partner.id,
      keys: partner.keys,
      audience: this.issuerOf(ctx),
      now: ctx.now(),
    }).catch(() => null);
    if (!taken) return 'invalid_client';
    const scopes = scopesAsked(asked.scope, partner.scopes);
    if (!scopes) return 'invalid_scope';
    return this.planes
      .write(ctx, 'partner', work => this.issue(ctx, work, partner, taken, scopes))
      .catch(keyWanted);
  }

  private async issue(
    ctx: Context,
    work: UnitOfWork,
    partner: PartnerRow,
    taken: TakenAssertion,
    scopes: PartnerScope[],
  ): Promise<TokenAnswer | TokenError> {
    if (!(await this.store.takeAssertion(work, partner.id, taken))) return 'invalid_client';
    await this.store.addCheck(work, partner.id, 'TOKEN_ISSUED', ctx.now());
    const holder = { kind: 'partner', id: partner.id, grants: grantsOf(partner.id, scopes, partner.state) };
    const issued = await this.signIn.in(ctx, work, holder as typeof holder & { kind: 'partner' });
    return answerOf(ctx, partner, scopeText(scopes), issued);
  }
}

/** The country gives tokens only to who proves a key; nothing of the request was kept, its assertion is good once more. */
function keyWanted(error: unknown): TokenError {
  if (error instanceof AppError && error.code === 'BAD_REQUEST') return 'invalid_dpop_proof';
  throw error;
}

/** A form that was read: who asks, by what, for what. */
interface TokenRequest {
  client: string;
  assertion: string;
  scope?: string;
}

function limitsOn(ctx: Context, client: string): FailureLimit[] {
  const network = networkName(ctx);
  return [
    { name: `assertions of ${client} from ${network}`, most: FAILED.ofClient },
    { name: `assertions from ${network}`, most: FAILED.fromNetwork },
  ];
}

function readForm(form: TokenForm): TokenRequest | TokenError {
  const { grant_type: grant, client_assertion: assertion, scope } = form;
  if (Object.values(form).some(value => typeof value !== 'string')) return 'invalid_request';
  if (grant === undefined) return 'invalid_request';
  if (grant !== 'client_credentials') return 'unsupported_grant_type';
  if (form['client_assertion_type'] !== ASSERTION_TYPE || typeof assertion !== 'string')
    return 'invalid_client';
  const client = claimedClient(assertion);
  if (!client || (form['client_id'] ?? client) !== client) return 'invalid_client';
  return { client, assertion, ...(typeof scope === 'string' ? { scope } : {}) };
}

function answerOf(
  ctx: Context,
  partner: PartnerRow,
  scope: string,
  issued: { token: string; expiresAt: Date },
): TokenAnswer {
  return {
    access_token: issued.token,
    token_type: ctx.device?.key ? 'DPoP' : 'Bearer',
    expires_in: Math.floor((issued.expiresAt.getTime() - ctx.now().getTime()) / 1000),
    scope,
    environment: partner.state === 'SANDBOX' ? 'sandbox' : 'production',
  };
}
