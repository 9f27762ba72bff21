import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { EndSignIns, Notices, SecondFactorsStore, StaffDirectory } from '../../identity';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Places } from '../places/places';
import { answeredFor } from './answered-for';

/** A member of staff has lost her second factor: she is signed out everywhere, and sets up another when she signs in. */
@Injectable()
export class ResetSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly signIns: EndSignIns,
    private readonly factors: SecondFactorsStore,
    private readonly notices: Notices,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND also for somebody elsewhere, FORBIDDEN for one's own: a recovery code is for that. */
  async run(ctx: Context, input: { staffId: string }): Promise<boolean> {
    mayAnywhere(ctx, 'staff.reset-second-factor');
    return this.database.write(ctx, async work => {
      const found = { staffId: input.staffId, directory: this.directory, places: this.places };
      const member = await answeredFor(ctx, work, 'staff.reset-second-factor', found);
      if (member.id === ctx.actor.id) throw new AppError('FORBIDDEN');
      await this.factors.remove(work, { kind: 'staff', id: member.id });
      await this.signIns.ofStaff(ctx, work, member.id, 'SIGNED_OUT_BY_ADMIN');
      this.notices.tell(ctx, work, { kind: 'staff', id: member.id }, 'second-factor-removed');
      this.audit.record(ctx, work, {
        action: 'staff.reset-second-factor',
        resource: { type: 'staff', id: member.id },
      });
      return true;
    });
  }
}
