import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { KeyManagement } from '../../platform/keys';
import { cameBackTo, hashOfHandle, secretsOf, VISIT_RULES, type VisitSecrets } from './issuer-rules';
import type { IssuerAnswerGraphqlInput, IssuerVisit } from './issuer.graphql';
import { type IssuerRow, IssuersStore, type VisitRow } from './issuers.store';
import { RelyingParty } from './relying-party';

/** Somebody who went to an issuer and came back. */
export interface CameBack {
  visit: VisitRow;
  issuer: IssuerRow;
  subject: string;
  /** The issuer's name for the session that she has there; null when it gives none. */
  session: string | null;
  /** `acr` and `amr` as the issuer said them. */
  said: { acr?: unknown; amr?: unknown };
}

/** Sends people to an issuer and takes them back: each once, within ten minutes, by the program that sent them. */
@Injectable()
export class IssuerVisits {
  constructor(
    private readonly database: Database,
    private readonly store: IssuersStore,
    private readonly party: RelyingParty,
    private readonly keys: KeyManagement,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for an issuer that nobody can sign in through, RATE_LIMITED when too many are under way. */
  async begin(
    ctx: Context,
    issuerId: string,
    whose: Pick<VisitRow, 'staffId' | 'invitationHash'>,
  ): Promise<IssuerVisit> {
    const issuer = await this.database.read(ctx, work => this.store.active(work, issuerId));
    if (!issuer) throw notFound();
    const handle = randomBytes(32).toString('base64url');
    const url = await this.party.addressOf(ctx, issuer, this.secretsOf(ctx, handle)[0]!);
    const expiresAt = await this.database.writeEvenIfSuspended(ctx, async work => {
      if ((await this.store.underWay(work, ctx.address, ctx.now())) >= VISIT_RULES.perAddress)
        throw new AppError('RATE_LIMITED', { seconds: VISIT_RULES.windowSeconds });
      const visit = { ...whose, issuerId: issuer.id, key: ctx.device?.key ?? null };
      return this.store.addVisit(ctx, work, hashOfHandle(handle), visit);
    });
    return { url, handle, expiresAt };
  }

  /**
   * Who came back. Throws UNAUTHENTICATED for every fault alike; what was wrong with an issuer's answer is in the trail.
   * The visit is over whatever comes of it, and no connection is held while the issuer is asked.
   */
  async takeBack(ctx: Context, answer: IssuerAnswerGraphqlInput): Promise<CameBack> {
    const { visit, issuer } = await this.database.writeEvenIfSuspended(ctx, async work => {
      const taken = await this.store.takeVisit(work, hashOfHandle(answer.handle), ctx.now());
      return { visit: taken, issuer: taken && (await this.store.active(work, taken.issuerId)) };
    });
    if (!visit || !issuer) throw new AppError('UNAUTHENTICATED');
    try {
      if (visit.key !== null && visit.key !== ctx.device?.key) throw new Error('another device');
      if (!cameBackTo(issuer.redirectUri, answer.callback)) throw new Error('another issuer’s place');
      const secrets = begunWith(this.secretsOf(ctx, answer.handle), answer.callback);
      const { sub: subject, sid, acr, amr } = await this.party.take(ctx, issuer, secrets, answer.callback);
      const session = typeof sid === 'string' ? sid : null;
      return { visit, issuer, subject, session, said: { acr, amr } };
    } catch (error) {
      await this.refuse(ctx, issuer.id, error);
      throw new AppError('UNAUTHENTICATED');
    }
  }

  private async refuse(ctx: Context, issuerId: string, error: unknown): Promise<void> {
    const { code, message } = error as { code?: string; message: string };
    await this.database.writeEvenIfSuspended(ctx, async work =>
      this.audit.record(ctx, work, {
        action: 'identity.issuer-refused',
        resource: { type: 'sign-in-issuer', id: issuerId },
        detail: { fault: code ?? message },
      }),
    );
  }

  private secretsOf(ctx: Context, handle: string): VisitSecrets[] {
    return this.keys.derivations(`issuer-visit:${ctx.tenant?.code}`).map(key => secretsOf(key, handle));
  }
}

/** Those that a visit began with: the master key may have been changed while somebody was away. */
function begunWith([first, ...others]: readonly VisitSecrets[], callback: string): VisitSecrets {
  const state = new URL(callback).searchParams.get('state');
  return others.find(secrets => secrets.state === state) ?? first!;
}
