import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import { AppointmentsStore, type Visit } from '../appointments.store';

/** Somebody who has a place in a session. */
export interface Expected {
  /** The appointment's. */
  id: string;
  personId: string;
  /** Codes of what she comes for. */
  products: string[];
  checkedIn: boolean;
}

/** Who is there, for the modules that care for her. Checks no permission: the caller's verb has. */
@Injectable()
export class Attendance {
  constructor(private readonly store: AppointmentsStore) {}

  /**
   * Those who were checked in to that session, also when some of what they came for has been done since. `offline`: also
   * those who had a place in it, since a device that had no connection could not check them in here.
   */
  cameTo(work: UnitOfWork, visits: readonly (Visit & { offline?: boolean })[]): Promise<Visit[]> {
    return this.store.cameTo(work, visits);
  }

  /** Who has a place in a session, in the order of booking; one row more than the page holds. */
  async expected(
    work: UnitOfWork,
    session: { facilityId: string; sessionId: string },
    page: { first: number; after: string | null },
  ): Promise<Expected[]> {
    const rows = await this.store.ofSession(work, session, page);
    return rows.map(({ id, personId, products, state }) => ({
      id,
      personId,
      products,
      checkedIn: state !== 'BOOKED',
    }));
  }

  /**
   * What they came for was done or found not to be due: they may book the next. Nothing happens for one who was not
   * checked in; `offline`, for one who had no place either.
   */
  async completed(
    work: UnitOfWork,
    visits: readonly (Visit & { at: Date; offline?: boolean })[],
  ): Promise<void> {
    if (visits.length > 0) await this.store.complete(work, visits);
  }
}
