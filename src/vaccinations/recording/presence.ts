import { Injectable } from '@nestjs/common';
import { Attendance } from '../../appointments';
import type { CivilDate } from '../../common';
import { type SessionDay, SessionsStore } from '../../facilities';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import type { Presence } from '../dose-record';

/** Who is said to have been where, and how that is known. */
export interface PresenceClaim {
  personId: string;
  facilityId: string;
  sessionId?: string | null;
  presence: Presence;
  presenceReason?: string | null;
}

/** What is known of sessions, and of who came to them. */
export interface KnownPresence {
  sessions: ReadonlyMap<string, SessionDay>;
  came: ReadonlySet<string>;
}

/** Whether people were there: every dose carries the evidence (LESSONS R-27). */
@Injectable()
export class PresenceCheck {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly attendance: Attendance,
  ) {}

  /** What {@link wasThere} asks of all claims of these visits to sessions, in two queries at the most. */
  async known(
    work: UnitOfWork,
    visits: readonly { facilityId: string; sessionId: string; personId: string; offline: boolean }[],
  ): Promise<KnownPresence> {
    if (visits.length === 0) return { sessions: new Map(), came: new Set() };
    const sessions = await this.sessions.daysOf(work, visits);
    const came = await this.attendance.cameTo(work, visits);
    return {
      sessions: new Map(sessions.map(session => [keyOf(session), session])),
      came: new Set(came.map(visit => keyOf(visit) + visit.personId)),
    };
  }
}

const keyOf = ({ facilityId, sessionId }: { facilityId: string; sessionId: string }): string =>
  `${facilityId}/${sessionId}/`;

/**
 * False when a person is claimed to be checked in and is not. Throws INVALID_INPUT for a session that is not at this
 * facility on this day, a check-in without a session, an override without a reason. One check-in serves every dose
 * of the visit.
 */
export function wasThere(known: KnownPresence, claim: PresenceClaim, on: CivilDate): boolean {
  const { personId, facilityId, sessionId, presence, presenceReason } = claim;
  const key = sessionId ? keyOf({ facilityId, sessionId }) : null;
  const session = key === null ? null : known.sessions.get(key);
  if (key !== null && (session?.date !== on || session.state === 'CANCELLED'))
    throw invalid('sessionId', 'vaccinations.invalid.session');
  if ((presence === 'OVERRIDE') !== !!presenceReason)
    throw invalid('presenceReason', 'vaccinations.invalid.presenceReason');
  if (presence !== 'CHECKED_IN') return true;
  if (key === null) throw invalid('sessionId', 'vaccinations.invalid.sessionNeeded');
  return known.came.has(key + personId);
}
