import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { EndSignIns, StaffDirectory } from '../../identity';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Places } from '../places/places';
import { answeredFor } from './answered-for';

/** A member of staff has lost a device, or somebody else has her password: she is signed out everywhere. */
@Injectable()
export class SignOutStaff {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly signIns: EndSignIns,
    private readonly audit: AuditTrail,
  ) {}

  /** How many sign-ins were ended. Throws NOT_FOUND also for somebody elsewhere. */
  async run(ctx: Context, input: { staffId: string }): Promise<number> {
    mayAnywhere(ctx, 'staff.sign-out');
    return this.database.writeEvenIfSuspended(ctx, async work => {
      const found = { staffId: input.staffId, directory: this.directory, places: this.places };
      const member = await answeredFor(ctx, work, 'staff.sign-out', found);
      const ended = await this.signIns.ofStaff(ctx, work, member.id, 'SIGNED_OUT_BY_ADMIN');
      this.audit.record(ctx, work, {
        action: 'staff.sign-out',
        resource: { type: 'staff', id: member.id },
        detail: { ended },
      });
      return ended;
    });
  }
}
