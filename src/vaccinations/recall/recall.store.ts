import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/** What a facility gave of a lot. */
export interface GivenAt {
  facilityId: string;
  doses: number;
  persons: number;
}

/** A dose of a lot that somebody has. */
export interface Recipient {
  personId: string;
  vaccinationId: string;
  facilityId: string;
  givenOn: string;
}

/** Before every other id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** What is true now of a lot's doses: not those that were voided or said anew. */
const GIVEN = `FROM vaccination v WHERE v.lot_id = $1 AND v.kind <> 'void'
  AND NOT EXISTS (SELECT FROM vaccination r
    WHERE r.person_id = v.person_id AND r.replaces = v.id AND r.kind <> 'given')`;

/** Doses that somebody recorded or first recorded at a facility, given on days from one to another. */
export interface Recorded {
  recorder: string;
  facilityId: string;
  from: string;
  until: string;
}

/** As {@link GIVEN}, by who entered them. */
const ENTERED = `FROM vaccination v WHERE v.facility_id = $2 AND v.given_on BETWEEN $3 AND $4
  AND $1 IN (v.recorded_by, v.first_recorded_by) AND v.kind <> 'void'
  AND NOT EXISTS (SELECT FROM vaccination r
    WHERE r.person_id = v.person_id AND r.replaces = v.id AND r.kind <> 'given')`;

/**
 * Doses of one lot, wherever they were given. Reads across people: for recalls, and never on a path that anybody
 * waits on.
 */
@Injectable()
export class RecallStore {
  /** By facility; somebody who was given doses at two facilities is counted at each. */
  givenBy(work: UnitOfWork, lotId: string): Promise<GivenAt[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", sum(doses)::integer AS doses, count(*)::integer AS persons
       FROM (SELECT v.facility_id, v.person_id, count(*) AS doses ${GIVEN} GROUP BY 1, 2) g GROUP BY 1 ORDER BY 1`,
      [lotId],
    );
  }

  /** How many doses {@link recipients} gives in all. */
  async countOfLot(work: UnitOfWork, lotId: string): Promise<number> {
    const [row] = await work.query<{ count: number }>(`SELECT count(*)::integer AS count ${GIVEN}`, [lotId]);
    return row!.count;
  }

  /** Doses in the order in which they were recorded, after one of them; at most `limit`. */
  recipients(
    work: UnitOfWork,
    lotId: string,
    after: { vaccinationId: string } | null,
    limit: number,
  ): Promise<Recipient[]> {
    return work.query(
      `SELECT v.person_id AS "personId", v.id AS "vaccinationId", v.facility_id AS "facilityId",
              to_char(v.given_on, 'YYYY-MM-DD') AS "givenOn"
       ${GIVEN} AND v.id > $2 ORDER BY v.id LIMIT $3`,
      [lotId, after?.vaccinationId ?? NO_ID, limit],
    );
  }

  /** How many doses {@link recordedBy} gives in all. */
  async countRecordedBy(work: UnitOfWork, entry: Recorded): Promise<number> {
    const [row] = await work.query<{ count: number }>(
      `SELECT count(*)::integer AS count ${ENTERED}`,
      placeholdersOf(entry),
    );
    return row!.count;
  }

  /** Doses that somebody recorded at a facility for days of a span, in the order of their people's ids. */
  recordedBy(
    work: UnitOfWork,
    entry: Recorded,
    after: { personId: string; vaccinationId: string } | null,
    limit: number,
  ): Promise<Recipient[]> {
    return work.query(
      `SELECT v.person_id AS "personId", v.id AS "vaccinationId", v.facility_id AS "facilityId",
              to_char(v.given_on, 'YYYY-MM-DD') AS "givenOn"
       ${ENTERED} AND ($5::uuid IS NULL OR (v.person_id, v.id) > ($5, $6::uuid))
       ORDER BY v.person_id, v.id LIMIT $7`,
      [...placeholdersOf(entry), after?.personId ?? null, after?.vaccinationId ?? null, limit],
    );
  }
}

const placeholdersOf = ({ recorder, facilityId, from, until }: Recorded): unknown[] => [
  recorder,
  facilityId,
  from,
  until,
];
