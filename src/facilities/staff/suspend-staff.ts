import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { StaffDirectory, type StaffMember } from '../../identity';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Places } from '../places/places';
import { reachPlace } from './reach-place';

/** Somebody must not work any more. Only who answers for every role she holds can say so, and nobody of herself. */
@Injectable()
export class SuspendStaff {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND also for somebody elsewhere. A token she holds ends within its half hour. */
  async run(ctx: Context, input: { staffId: string }): Promise<StaffMember> {
    mayAnywhere(ctx, 'staff.suspend');
    return this.database.write(ctx, async work => {
      const member = await this.directory.member(work, input.staffId);
      if (!member) throw notFound();
      for (const grant of member.grants)
        may(ctx, 'staff.suspend', await reachPlace(this.places, work, grant));
      if (member.id === ctx.actor.id) throw new AppError('FORBIDDEN');
      await this.directory.suspend(ctx, work, member.id);
      this.audit.record(ctx, work, { action: 'staff.suspend', resource: { type: 'staff', id: member.id } });
      return { ...member, state: 'SUSPENDED' };
    });
  }
}
