import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { AppointmentsStore } from './appointments.store';

interface Visit {
  facilityId: string;
  sessionId: string;
  personId: string;
}

/** Who is there, for the modules that care for her. Checks no permission: the caller's verb has. */
@Injectable()
export class Attendance {
  constructor(private readonly store: AppointmentsStore) {}

  /** Whether a person was checked in to a session, also when some of what she came for has been done since. */
  checkedIn(_ctx: Context, work: UnitOfWork, visit: Visit): Promise<boolean> {
    return this.store.cameTo(work, visit);
  }

  /** What she came for was done or found not to be due: she may book the next. Nothing happens when she was not checked in. */
  async completed(ctx: Context, work: UnitOfWork, visit: Visit): Promise<void> {
    const row = await this.store.ofPersonToChange(work, visit.facilityId, visit.sessionId, visit.personId);
    if (row?.state !== 'CHECKED_IN') return;
    await this.store.setState(ctx, work, [row], 'COMPLETED');
    await this.store.endClaims(ctx, work, [row]);
  }
}
