import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { LOGGER, type Logger } from '../../platform/logging';
import { EndedSignIns } from '../sign-ins/ended-sign-ins';
import { SignInsStore } from '../sign-ins/sign-ins.store';
import { IssuersStore } from './issuers.store';
import { checkLogoutToken } from './logout-token';
import { RelyingParty } from './relying-party';

/**
 * The ministry's issuer tells that somebody was signed out there (OpenID Connect Back-Channel Logout 1.0): whatever came
 * by that session, or by that subject, ends here too. What she opened by a password goes on: it is not the issuer's.
 */
@Injectable()
export class EndIssuerSignIns {
  constructor(
    private readonly database: Database,
    private readonly issuers: IssuersStore,
    private readonly party: RelyingParty,
    private readonly signIns: SignInsStore,
    private readonly ended: EndedSignIns,
    private readonly audit: AuditTrail,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** False for a token that does not hold, whatever is wrong with it, and for one that was taken before. */
  async run(ctx: Context, input: { issuerId: string; token: string }): Promise<boolean> {
    const issuer = await this.database.read(ctx, work => this.issuers.active(work, input.issuerId));
    if (!issuer) return false;
    const expected = { issuer: issuer.issuer, clientId: issuer.clientId, now: ctx.now() };
    const out = await checkLogoutToken(input.token, expected, () => this.party.keysOf(ctx, issuer)).catch(
      (error: Error & { code?: string }) => {
        // Strangers can send as many as they like: a line of the log, never a row of the trail.
        this.log.warn(
          { fault: error.code ?? error.message, issuerId: issuer.id },
          'a logout token was refused',
        );
        return null;
      },
    );
    if (!out) return false;
    const taken = await this.database.writeEvenIfSuspended(ctx, async work => {
      if (!(await this.issuers.takeLogout(work, issuer.id, out))) return false;
      const count = await this.signIns.endOfIssuer(work, { ...out, issuerId: issuer.id }, ctx.now());
      this.audit.record(ctx, work, {
        action: 'identity.issuer-sign-out',
        resource: { type: 'sign-in-issuer', id: issuer.id },
        detail: { ended: count },
      });
      return true;
    });
    this.ended.forget(ctx, { kind: 'staff' });
    return taken;
  }
}
