import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { pickText } from '../../localisation';
import { mayAnywhere } from '../../platform/access';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { KeyManagement } from '../../platform/keys';
import { Outbound } from '../../platform/outbound';
import { newClientKey } from './client-key';
import { isRedirectUri } from './issuer-rules';
import type { IssuerSetting, SetSignInIssuerGraphqlInput, SignInIssuer } from './issuer.graphql';
import { EndedSignIns } from '../sign-ins/ended-sign-ins';
import { SignInsStore } from '../sign-ins/sign-ins.store';
import { type IssuerRow, IssuersStore } from './issuers.store';
import { credentialPlace, RelyingParty } from './relying-party';

type Credential = Pick<IssuerRow, 'authentication' | 'credentialSealed' | 'publicKey'>;

/** Which issuers a country's staff sign in through, and what this service is to them. */
@Injectable()
export class IssuerSettings {
  constructor(
    private readonly database: Database,
    private readonly store: IssuersStore,
    private readonly keys: KeyManagement,
    private readonly party: RelyingParty,
    private readonly outbound: Outbound,
    private readonly signIns: SignInsStore,
    private readonly ended: EndedSignIns,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Those that people can sign in through, for a page that offers them. */
  async offered(ctx: Context): Promise<SignInIssuer[]> {
    const rows = await this.database.read(ctx, work => this.store.all(work));
    return rows
      .filter(({ active }) => active)
      .map(({ id, issuer, names }) => ({ id, name: pickText(names, ctx.languages) ?? new URL(issuer).host }));
  }

  async read(ctx: Context): Promise<IssuerSetting[]> {
    mayAnywhere(ctx, 'issuer.configure');
    const rows = await this.database.read(ctx, work => this.store.all(work));
    return rows.map(row => this.settingOf(ctx, row));
  }

  /**
   * From the next sign-in on; what came by an issuer that is not used any more ends at once. Throws INVALID_INPUT for
   * an address that is not taken, one that another issuer has, and an issuer that does not answer as one: it is asked
   * before anything is kept.
   */
  async set(ctx: Context, input: SetSignInIssuerGraphqlInput): Promise<IssuerSetting> {
    mayAnywhere(ctx, 'issuer.configure');
    if (this.outbound.faultOf(input.issuer)) throw invalid('issuer', 'validation.isUrl');
    if (!isRedirectUri(input.redirectUri, this.config.sandbox))
      throw invalid('redirectUri', 'validation.isUrl');
    const known = await this.database.read(ctx, work => this.store.byIssuer(work, input.issuer));
    const id = known?.id ?? ctx.newId();
    const row: IssuerRow = {
      ...(await this.credentialFor(ctx, id, known, input)),
      id,
      issuer: input.issuer,
      clientId: input.clientId,
      redirectUri: input.redirectUri,
      names: Object.fromEntries(input.names.map(({ language, text }) => [language, text])),
      secondFactorAcr: input.secondFactorAcr,
      secondFactorAmr: input.secondFactorAmr,
      active: input.active,
      changedAt: ctx.now(),
    };
    await this.party.ask(ctx, row).catch(() => {
      throw invalid('issuer', 'validation.issuerSilent');
    });
    await this.database.write(ctx, async work => {
      if (!(await this.store.keep(work, row))) throw invalid('redirectUri', 'validation.redirectUriTaken');
      if (!row.active) await this.signIns.endOfIssuer(work, allOf(id), ctx.now());
      this.audit.record(ctx, work, {
        action: 'issuer.configure',
        resource: { type: 'sign-in-issuer', id },
        detail: { authentication: row.authentication, active: row.active },
      });
    });
    this.ended.forget(ctx, { kind: 'staff' });
    return this.settingOf(ctx, row);
  }

  private async credentialFor(
    ctx: Context,
    id: string,
    known: IssuerRow | null,
    input: SetSignInIssuerGraphqlInput,
  ): Promise<Credential> {
    const seal = (secret: string): Buffer => this.keys.wrap(Buffer.from(secret), credentialPlace(ctx, id));
    if (input.clientSecret) {
      const credentialSealed = seal(input.clientSecret);
      return { authentication: 'CLIENT_SECRET', credentialSealed, publicKey: null };
    }
    if (known?.authentication === 'PRIVATE_KEY_JWT' && !input.renewKey) return known;
    const { privateKey, publicKey } = await newClientKey();
    const credentialSealed = seal(JSON.stringify(privateKey));
    return { authentication: 'PRIVATE_KEY_JWT', credentialSealed, publicKey };
  }

  private settingOf(ctx: Context, row: IssuerRow): IssuerSetting {
    return {
      ...row,
      publicKey: row.publicKey && JSON.stringify(row.publicKey),
      backchannelLogoutUri: `${this.config.publicUrl}/${ctx.tenant!.code}/oidc/${row.id}/backchannel-logout`,
    };
  }
}

const allOf = (issuerId: string) => ({ issuerId, subject: null, session: null });
