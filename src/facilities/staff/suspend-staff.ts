import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { EndSignIns, StaffDirectory } from '../../identity';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Places } from '../places/places';
import type { StaffWithAsked } from '../role-requests/ask-for-roles';
import { RoleRequestsStore } from '../role-requests/role-requests.store';
import { answeredFor } from './answered-for';

/**
 * Somebody must not work any more. Only who answers for every role she holds can say so, and nobody of herself. Roles that
 * she asked for, and those asked for her, are withdrawn.
 */
@Injectable()
export class SuspendStaff {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly signIns: EndSignIns,
    private readonly requests: RoleRequestsStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND also for somebody elsewhere. Where she is signed in, she no longer is within two seconds. */
  async run(ctx: Context, input: { staffId: string }): Promise<StaffWithAsked> {
    mayAnywhere(ctx, 'staff.suspend');
    return this.database.write(ctx, async work => {
      const member = await answeredFor(ctx, work, 'staff.suspend', {
        staffId: input.staffId,
        directory: this.directory,
        places: this.places,
      });
      if (member.id === ctx.actor.id) throw new AppError('FORBIDDEN');
      await this.directory.suspend(ctx, work, member.id);
      await this.requests.withdraw(work, member.id);
      await this.signIns.ofStaff(ctx, work, member.id, 'SUSPENDED');
      this.audit.record(ctx, work, { action: 'staff.suspend', resource: { type: 'staff', id: member.id } });
      return { ...member, state: 'SUSPENDED', rolesAsked: [] };
    });
  }
}
