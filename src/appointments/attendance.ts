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

  /** The id of the appointment with which a person was checked in to a session; null when she was not. */
  async checkedIn(_ctx: Context, work: UnitOfWork, visit: Visit): Promise<string | null> {
    const row = await this.store.ofPersonToChange(work, visit.facilityId, visit.sessionId, visit.personId);
    return row?.state === 'CHECKED_IN' ? row.id : null;
  }

  /** What she came for was done or found not to be due: she may book the next. Nothing happens when she was not checked in. */
  async completed(ctx: Context, work: UnitOfWork, visit: Visit): Promise<void> {
    const row = await this.store.ofPersonToChange(work, visit.facilityId, visit.sessionId, visit.personId);
    if (row?.state !== 'CHECKED_IN') return;
    await this.store.setState(ctx, work, [row], 'COMPLETED');
    await this.store.endClaims(ctx, work, [row]);
  }
}
