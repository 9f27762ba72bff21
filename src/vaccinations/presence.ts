import { Injectable } from '@nestjs/common';
import { Attendance } from '../appointments';
import type { CivilDate } from '../common';
import { SessionsStore } from '../facilities';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { invalid } from '../platform/errors';
import type { Presence } from './dose-record';

/** Who is said to have been where, and how that is known. */
export interface PresenceClaim {
  personId: string;
  facilityId: string;
  sessionId?: string | null;
  presence: Presence;
  presenceReason?: string | null;
}

/** Whether a person was there: every dose carries the evidence (LESSONS R-27). */
@Injectable()
export class PresenceCheck {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly attendance: Attendance,
  ) {}

  /**
   * False when she is claimed to be checked in and is not. Throws INVALID_INPUT for a session that is not at this
   * facility on this day, a check-in without a session, an override without a reason. One check-in serves every dose
   * of the visit.
   */
  async holds(ctx: Context, work: UnitOfWork, claim: PresenceClaim, on: CivilDate): Promise<boolean> {
    const { personId, facilityId, sessionId, presence, presenceReason } = claim;
    if (sessionId) await this.checkSession(work, facilityId, sessionId, on);
    if ((presence === 'OVERRIDE') !== !!presenceReason)
      throw invalid('presenceReason', 'vaccinations.invalid.presenceReason');
    if (presence !== 'CHECKED_IN') return true;
    if (!sessionId) throw invalid('sessionId', 'vaccinations.invalid.sessionNeeded');
    return this.attendance.checkedIn(ctx, work, { facilityId, sessionId, personId });
  }

  private async checkSession(
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    on: CivilDate,
  ): Promise<void> {
    const session = await this.sessions.session(work, facilityId, sessionId);
    if (!session || session.date !== on || session.state === 'CANCELLED')
      throw invalid('sessionId', 'vaccinations.invalid.session');
  }
}
