import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { AppError } from '../../platform/errors';
import { Holders } from '../accounts/holders';
import { Planes } from '../planes';
import { addressOf, SECRET_BYTES } from './one-time-password-rules';
import { AddingFactors } from './adding-factors';
import type { AuthenticatorBegun } from './second-factor.graphql';
import { accountOf } from './second-factor-rules';
import { Secrets } from './secrets';
import { SecondFactorsStore } from './second-factors.store';

/** Somebody takes an authenticator app into use: gets its secret, once, and proves next that the app has it. */
@Injectable()
export class BeginAuthenticator {
  constructor(
    private readonly planes: Planes,
    private readonly holders: Holders,
    private readonly store: SecondFactorsStore,
    private readonly adding: AddingFactors,
    private readonly secrets: Secrets,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws as {@link AddingFactors.check}, STATE_FORBIDS when an app is in use already, UNAUTHENTICATED for an account
   * that may not sign in.
   */
  async run(ctx: Context): Promise<AuthenticatorBegun> {
    const me = signedIn(ctx);
    const account = accountOf(me);
    const secret = randomBytes(SECRET_BYTES);
    await this.planes.write(ctx, account.kind, async work => {
      if (!(await this.holders.of(work, account))) throw new AppError('UNAUTHENTICATED');
      await this.adding.check(work, me);
      const sealed = this.secrets.seal(ctx, account, secret);
      if (!(await this.store.begin(work, account, sealed, ctx.now())))
        throw new AppError('STATE_FORBIDS', { state: 'SET_UP' });
      this.audit.record(ctx, work, {
        action: 'second-factor.begin',
        resource: { type: account.kind, id: account.id },
      });
    });
    const address = addressOf(secret, account.id.slice(-8), this.secrets.issuerOf(ctx));
    return { address, secret: new URL(address).searchParams.get('secret')! };
  }
}
