import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { signedIn } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { AppError, notFound } from '../../../platform/errors';
import { Notices } from '../../notices/notices';
import { Planes } from '../../planes';
import { AddingFactors } from '../adding-factors';
import { accountOf } from '../second-factor-rules';
import { SecondFactorsStore } from '../second-factors.store';
import type { SecondFactors } from './passkey.graphql';
import { PasskeysStore } from './passkeys.store';

/** What somebody can prove herself by, and what she no longer wants to. */
@Injectable()
export class KeepPasskeys {
  constructor(
    private readonly planes: Planes,
    private readonly factors: SecondFactorsStore,
    private readonly store: PasskeysStore,
    private readonly adding: AddingFactors,
    private readonly notices: Notices,
    private readonly audit: AuditTrail,
  ) {}

  async mine(ctx: Context): Promise<SecondFactors> {
    const account = accountOf(signedIn(ctx));
    return this.planes.read(ctx, account.kind, async work => ({
      ...(await this.factors.inUse(work, account)),
      passkeys: await this.store.of(work, account),
    }));
  }

  /**
   * Throws STEP_UP_NEEDED without a second factor proved in this sign-in, NOT_FOUND for another's, STATE_FORBIDS for the
   * last second factor: what an administrator may take away, a stolen token may not.
   */
  async remove(ctx: Context, input: { id: string }): Promise<boolean> {
    const me = signedIn(ctx);
    const account = accountOf(me);
    await this.planes.write(ctx, account.kind, async work => {
      await this.adding.check(work, me);
      if (!(await this.store.remove(work, account, input.id))) throw notFound();
      if (!(await this.factors.isSetUp(work, account)))
        throw new AppError('STATE_FORBIDS', { state: 'LAST' });
      this.notices.tell(ctx, work, account, 'second-factor-removed');
      this.audit.record(ctx, work, {
        action: 'second-factor.remove',
        resource: { type: account.kind, id: account.id },
        detail: { passkeyId: input.id },
      });
    });
    return true;
  }
}
