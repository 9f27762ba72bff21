import { Injectable } from '@nestjs/common';
import { type CivilDate, isId } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import type { Standing, Step, VisitState } from './visit-rules';

/** The queue of a session. */
export interface QueueRow {
  facilityId: string;
  sessionId: string;
  day: CivilDate;
  byPriority: boolean;
  openedAt: Date;
  closedAt: Date | null;
  closedBecause: string | null;
}

/** A visit and where it stands. */
export interface VisitRow extends Standing {
  facilityId: string;
  id: string;
  sessionId: string;
  day: CivilDate;
  personId: string;
  partyId: string;
  ticket: number;
  booked: boolean;
  rank: number | null;
  dueAt: Date;
  arrivedAt: Date;
}

/** A step with what it belongs to. */
export interface StepRow extends Step {
  facilityId: string;
  visitId: string;
  /** From 1. */
  number: number;
  toldAt: Date;
  reference: string | null;
}

/** How many visitors a board counts, and how long they wait, in minutes. */
export interface QueueCounts {
  waiting: number;
  verified: number;
  vaccinated: number;
  observed: number;
  gone: number;
  left: number;
  medianWait: number | null;
  longestWait: number | null;
}

/** A ticket as it is shown to everybody. */
export interface TicketRow {
  ticket: number;
  station: string | null;
  calledAt: Date | null;
}

/** Which visitors: of a facility's day, or of one session of it. */
export interface QueueKey {
  facilityId: string;
  day: CivilDate;
  sessionId: string | null;
}

const QUEUE = `q.facility_id AS "facilityId", q.session_id AS "sessionId", to_char(q.day, 'YYYY-MM-DD') AS day,
  q.by_priority AS "byPriority", q.opened_at AS "openedAt", q.closed_at AS "closedAt", q.closed_because AS "closedBecause"`;
const VISIT = `v.facility_id AS "facilityId", v.id, v.session_id AS "sessionId", to_char(v.day, 'YYYY-MM-DD') AS day,
  v.person_id AS "personId", v.party_id AS "partyId", v.ticket, v.booked, v.rank, v.due_at AS "dueAt", v.arrived_at AS "arrivedAt",
  v.turn_at AS "turnAt", v.steps, v.state, v.since, v.called_by AS "calledBy", v.called_at AS "calledAt", v.station,
  v.earlier_reaction AS "earlierReaction", v.verified_at AS "verifiedAt", v.doses, v.vaccinated_at AS "vaccinatedAt", v.observed_until AS "observedUntil",
  v.left_because AS "leftBecause"`;
const STANDING = `steps integer, state text, since timestamptz, "turnAt" timestamptz, "calledBy" text, "calledAt" timestamptz,
  station text, "earlierReaction" boolean, "verifiedAt" timestamptz, doses integer, "vaccinatedAt" timestamptz, "observedUntil" timestamptz, "leftBecause" text`;
/** Where somebody is by the clock, see `stateAt`; `now` is the place of the parameter. */
const stateBy = (now: string): string =>
  `CASE WHEN v.state = 'VACCINATED' AND v.observed_until <= ${now}::timestamptz THEN 'OBSERVED' ELSE v.state END`;
const OPEN = `v.state NOT IN ('GONE', 'LEFT')`;
/** Whoever is behind this is served later: a priority group where the session goes by them, the time due, the ticket. */
const TURN = `coalesce(v.rank, 2147483647), v.turn_at, v.ticket`;
/** Everybody locks visits in this order, after the gate, so that nobody waits in a ring. */
const LOCKED = `ORDER BY v.facility_id, v.person_id, v.id FOR UPDATE OF v`;

@Injectable()
export class QueueStore {
  /** Begins a facility's day; it is the gate of its queues, which {@link lock} locks. */
  async beginDay(work: UnitOfWork, facilityId: string, day: CivilDate): Promise<void> {
    await work.query(
      `INSERT INTO facility_day (facility_id, day, last_ticket) VALUES ($1, $2, 0) ON CONFLICT (facility_id, day) DO NOTHING`,
      [facilityId, day],
    );
  }

  /** Opens the queue of a session, again if it was closed. Behind the gate. */
  async open(
    work: UnitOfWork,
    queue: Omit<QueueRow, 'closedAt' | 'closedBecause'> & { openedBy: string },
  ): Promise<void> {
    await work.query(
      `INSERT INTO session_queue (facility_id, session_id, day, by_priority, opened_by, opened_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (facility_id, session_id) DO UPDATE SET by_priority = excluded.by_priority, opened_by = excluded.opened_by,
         opened_at = excluded.opened_at, closed_at = NULL, closed_because = NULL`,
      [queue.facilityId, queue.sessionId, queue.day, queue.byPriority, queue.openedBy, queue.openedAt],
    );
  }

  async queue(work: UnitOfWork, facilityId: string, sessionId: string): Promise<QueueRow | null> {
    if (!isId(facilityId) || !isId(sessionId)) return null;
    const [row] = await work.query<QueueRow>(
      `SELECT ${QUEUE} FROM session_queue q WHERE q.facility_id = $1 AND q.session_id = $2`,
      [facilityId, sessionId],
    );
    return row ?? null;
  }

  /** Whether the session keeps a queue now; then with the gate of its day locked. Before appointments and visits are. */
  async lockOpen(work: UnitOfWork, facilityId: string, sessionId: string): Promise<QueueRow | null> {
    const before = await this.queue(work, facilityId, sessionId);
    if (!before || before.closedAt) return null;
    await this.lock(work, facilityId, before.day);
    const behind = await this.queue(work, facilityId, sessionId);
    return behind!.closedAt ? null : behind;
  }

  /** Locks the gate of a facility's day until the unit of work ends; false when no queue was opened on that day. */
  async lock(work: UnitOfWork, facilityId: string, day: CivilDate): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM facility_day WHERE facility_id = $1 AND day = $2 FOR UPDATE`,
      [facilityId, day],
    );
    return rows.length === 1;
  }

  /** The first of `count` tickets that nobody has had on that day. Behind the gate. */
  async tickets(work: UnitOfWork, facilityId: string, day: CivilDate, count: number): Promise<number> {
    const [row] = await work.query<{ first: number }>(
      `UPDATE facility_day SET last_ticket = last_ticket + $3 WHERE facility_id = $1 AND day = $2
       RETURNING last_ticket - $3::int + 1 AS first`,
      [facilityId, day, count],
    );
    return row!.first;
  }

  async close(
    work: UnitOfWork,
    { facilityId, sessionId }: { facilityId: string; sessionId: string },
    at: Date,
    because: string,
  ): Promise<void> {
    await work.query(
      `UPDATE session_queue SET closed_at = $3, closed_because = $4
       WHERE facility_id = $1 AND session_id = $2 AND closed_at IS NULL`,
      [facilityId, sessionId, at, because],
    );
  }

  /** Adds visits of those who have none open on that day. Behind the gate. */
  async add(work: UnitOfWork, rows: readonly VisitRow[]): Promise<void> {
    await work.query(
      `INSERT INTO visit (facility_id, id, session_id, day, person_id, party_id, ticket, booked, rank, due_at, arrived_at,
         turn_at, steps, state, since, earlier_reaction, doses)
       SELECT "facilityId", id, "sessionId", day, "personId", "partyId", ticket, booked, rank, "dueAt", "arrivedAt",
         "turnAt", steps, state, since, "earlierReaction", doses
       FROM json_to_recordset($1::json) AS r("facilityId" uuid, id uuid, "sessionId" uuid, day date, "personId" uuid,
         "partyId" uuid, ticket integer, booked boolean, rank integer, "dueAt" timestamptz, "arrivedAt" timestamptz, ${STANDING})`,
      [JSON.stringify(rows)],
    );
  }

  /** Appends steps, and keeps where their visits stand after them. Visits are locked. */
  async write(work: UnitOfWork, steps: readonly StepRow[], visits: readonly VisitRow[]): Promise<void> {
    await work.query(
      `INSERT INTO visit_step (facility_id, visit_id, number, step, at, told_at, by, reason, station, earlier_reaction,
         observed_until, reference)
       SELECT "facilityId", "visitId", number, step, at, "toldAt", by, reason, station, "earlierReaction", "observedUntil", reference
       FROM json_to_recordset($1::json) AS r("facilityId" uuid, "visitId" uuid, number integer, step text, at timestamptz,
         "toldAt" timestamptz, by text, reason text, station text, "earlierReaction" boolean, "observedUntil" timestamptz,
         reference uuid)`,
      [JSON.stringify(steps)],
    );
    await work.query(
      `UPDATE visit v SET steps = r.steps, state = r.state, since = r.since, turn_at = r."turnAt", called_by = r."calledBy",
         called_at = r."calledAt", station = r.station, earlier_reaction = r."earlierReaction", verified_at = r."verifiedAt", doses = r.doses,
         vaccinated_at = r."vaccinatedAt", observed_until = r."observedUntil", left_because = r."leftBecause"
       FROM json_to_recordset($1::json) AS r("facilityId" uuid, id uuid, ${STANDING})
       WHERE v.facility_id = r."facilityId" AND v.id = r.id`,
      [JSON.stringify(visits)],
    );
  }

  /** These visits, locked. */
  toChange(work: UnitOfWork, facilityId: string, ids: readonly string[]): Promise<VisitRow[]> {
    return work.query(
      `SELECT ${VISIT} FROM visit v WHERE v.facility_id = $1 AND v.id = ANY ($2::uuid[]) ${LOCKED}`,
      [facilityId, ids],
    );
  }

  /** The visits of these people on these days at these facilities, open or over, the newest last; locked. */
  ofPeopleToChange(
    work: UnitOfWork,
    people: readonly { facilityId: string; personId: string; day: CivilDate }[],
  ): Promise<VisitRow[]> {
    return work.query(
      `SELECT v.* FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $3::date[]) k(facility_id, person_id, day)
                        ORDER BY 1, 2, 3) k,
         LATERAL (SELECT ${VISIT} FROM visit v WHERE v.facility_id = k.facility_id AND v.person_id = k.person_id
                  AND v.day = k.day ORDER BY v.id OFFSET 0 FOR UPDATE OF v) v`,
      [
        people.map(({ facilityId }) => facilityId),
        people.map(({ personId }) => personId),
        people.map(({ day }) => day),
      ],
    );
  }

  /** The open visits of a session, locked. */
  openToChange(work: UnitOfWork, facilityId: string, sessionId: string): Promise<VisitRow[]> {
    return work.query(
      `SELECT ${VISIT} FROM visit v WHERE v.facility_id = $1 AND v.session_id = $2 AND ${OPEN} ${LOCKED}`,
      [facilityId, sessionId],
    );
  }

  /**
   * Whose turn it is of those in a state whom nobody has called, in sessions that are held; null when there is
   * nobody. Behind the gate.
   */
  async nextParty(work: UnitOfWork, key: QueueKey, state: VisitState): Promise<string | null> {
    const [row] = await work.query<{ partyId: string }>(
      `SELECT v.party_id AS "partyId" FROM visit v JOIN session s ON s.facility_id = v.facility_id AND s.id = v.session_id
       WHERE v.facility_id = $1 AND v.day = $2 AND ($3::uuid IS NULL OR v.session_id = $3) AND v.state = $4
         AND v.called_at IS NULL AND s.state <> 'CANCELLED'
       ORDER BY ${TURN} LIMIT 1 FOR UPDATE OF v`,
      [key.facilityId, key.day, key.sessionId, state],
    );
    return row?.partyId ?? null;
  }

  /** Those of a party who are in a state and whom nobody has called, locked. */
  uncalledOf(work: UnitOfWork, facilityId: string, partyId: string, state: VisitState): Promise<VisitRow[]> {
    return work.query(
      `SELECT ${VISIT} FROM visit v WHERE v.facility_id = $1 AND v.party_id = $2 AND v.state = $3 AND v.called_at IS NULL ${LOCKED}`,
      [facilityId, partyId, state],
    );
  }

  /** The visits of a party, by ticket. */
  ofParty(work: UnitOfWork, facilityId: string, partyId: string): Promise<VisitRow[]> {
    return work.query(
      `SELECT ${VISIT} FROM visit v WHERE v.facility_id = $1 AND v.party_id = $2 ORDER BY v.ticket`,
      [facilityId, partyId],
    );
  }

  /** Those who were called together, by ticket. */
  ofCall(work: UnitOfWork, facilityId: string, callId: string): Promise<VisitRow[]> {
    return work.query(
      `SELECT ${VISIT} FROM visit v WHERE v.facility_id = $1 AND v.id IN (
         SELECT visit_id FROM visit_step WHERE facility_id = $1 AND reference = $2 AND step = 'CALLED') ORDER BY v.ticket`,
      [facilityId, callId],
    );
  }

  /** Visits whose time of observation is over and was not ended, the longest over first; locked, without waiting. */
  toEndObservation(work: UnitOfWork, now: Date, limit: number): Promise<VisitRow[]> {
    return work.query(
      `SELECT ${VISIT} FROM visit v WHERE v.state = 'VACCINATED' AND v.observed_until <= $1
       ORDER BY v.observed_until LIMIT $2 FOR UPDATE OF v SKIP LOCKED`,
      [now, limit],
    );
  }

  /** Queues that were left open on a day before `today`, and those with visitors that were. */
  leftOver(
    work: UnitOfWork,
    today: CivilDate,
    limit: number,
  ): Promise<Pick<QueueRow, 'facilityId' | 'sessionId' | 'day'>[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", session_id AS "sessionId", to_char(day, 'YYYY-MM-DD') AS day FROM (
         SELECT facility_id, session_id, day FROM session_queue WHERE closed_at IS NULL AND day < $1
         UNION SELECT v.facility_id, v.session_id, v.day FROM visit v WHERE ${OPEN} AND v.day < $1) q
       ORDER BY day, facility_id, session_id LIMIT $2`,
      [today, limit],
    );
  }

  /** Who is in a queue, in the order in which it is their turn; one row more than the page holds. `after`: a ticket. */
  inQueue(
    work: UnitOfWork,
    key: QueueKey,
    {
      state,
      after,
      first,
      now,
    }: { state: VisitState | null; after: number | null; first: number; now: Date },
  ): Promise<VisitRow[]> {
    return work.query(
      `SELECT ${VISIT} FROM visit v
       WHERE v.facility_id = $1 AND v.day = $2 AND ($3::uuid IS NULL OR v.session_id = $3)
         AND (CASE WHEN $4::text IS NULL THEN ${OPEN} ELSE ${stateBy('$7')} = $4 END)
         AND ($5::int IS NULL OR (${TURN}) > (SELECT ${TURN} FROM visit v WHERE v.facility_id = $1 AND v.day = $2 AND v.ticket = $5))
       ORDER BY ${TURN} LIMIT $6`,
      [key.facilityId, key.day, key.sessionId, state, after, first + 1, now],
    );
  }

  async visit(work: UnitOfWork, facilityId: string, id: string): Promise<VisitRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<VisitRow>(
      `SELECT ${VISIT} FROM visit v WHERE v.facility_id = $1 AND v.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** What was done, in order. */
  stepsOf(work: UnitOfWork, facilityId: string, visitId: string): Promise<StepRow[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", visit_id AS "visitId", number, step, at, told_at AS "toldAt", by, reason, station,
         earlier_reaction AS "earlierReaction", observed_until AS "observedUntil", reference
       FROM visit_step WHERE facility_id = $1 AND visit_id = $2 ORDER BY number`,
      [facilityId, visitId],
    );
  }

  /** The visits of these people since a day, the newest first, with how many are before each who waits to be called. */
  ofPeople(
    work: UnitOfWork,
    personIds: readonly string[],
    since: CivilDate,
  ): Promise<(VisitRow & { ahead: number | null })[]> {
    return work.query(
      `SELECT ${VISIT}, CASE WHEN v.state IN ('WAITING', 'VERIFIED') AND v.called_at IS NULL THEN (
         SELECT count(*)::int FROM visit o WHERE o.facility_id = v.facility_id AND o.day = v.day AND o.session_id = v.session_id
           AND o.state = v.state AND o.called_at IS NULL AND (${TURN.replaceAll('v.', 'o.')}) < (${TURN})) END AS ahead
       FROM visit v WHERE v.person_id = ANY ($1::uuid[]) AND v.day >= $2 ORDER BY v.id DESC`,
      [personIds, since],
    );
  }

  /** How many are where, and how long those who were vaccinated waited. */
  async counts(work: UnitOfWork, key: QueueKey, now: Date): Promise<QueueCounts> {
    const [row] = await work.query<QueueCounts>(
      `SELECT count(*) FILTER (WHERE at = 'WAITING')::int AS waiting, count(*) FILTER (WHERE at = 'VERIFIED')::int AS verified,
         count(*) FILTER (WHERE at = 'VACCINATED')::int AS vaccinated, count(*) FILTER (WHERE at = 'OBSERVED')::int AS observed,
         count(*) FILTER (WHERE at = 'GONE')::int AS gone, count(*) FILTER (WHERE at = 'LEFT')::int AS left,
         round(percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) FILTER (WHERE vaccinated_at IS NOT NULL))::int AS "medianWait",
         round(max(waited) FILTER (WHERE at IN ('WAITING', 'VERIFIED')))::int AS "longestWait"
       FROM (SELECT ${stateBy('$4')} AS at, v.vaccinated_at,
               greatest(0, extract(epoch FROM coalesce(v.vaccinated_at, $4::timestamptz) - v.arrived_at) / 60) AS waited
             FROM visit v WHERE v.facility_id = $1 AND v.day = $2 AND ($3::uuid IS NULL OR v.session_id = $3)) counted`,
      [key.facilityId, key.day, key.sessionId, now],
    );
    return row!;
  }

  /** Tickets for all to see, of those in a state by the clock who were called or not, in the order of their turns. */
  shown(
    work: UnitOfWork,
    key: QueueKey,
    which: { state: VisitState; called: boolean; limit: number },
    now: Date,
  ): Promise<TicketRow[]> {
    return work.query(
      `SELECT v.ticket, v.station, v.called_at AS "calledAt" FROM visit v
       WHERE v.facility_id = $1 AND v.day = $2 AND ($3::uuid IS NULL OR v.session_id = $3)
         AND ${stateBy('$7')} = $4 AND (v.called_at IS NOT NULL) = $5 ORDER BY ${TURN} LIMIT $6`,
      [key.facilityId, key.day, key.sessionId, which.state, which.called, which.limit, now],
    );
  }
}
