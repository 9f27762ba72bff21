import { Injectable } from '@nestjs/common';
import { isId } from '../common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { DoseRecord } from './dose-record';

/** A dose that was due and not given. */
export interface NotDoneRow {
  personId: string;
  id: string;
  vaccineGroup: string;
  /** A NotDoneReason. */
  reason: string;
  facilityId: string;
  sessionId: string | null;
  /** The country's own day. */
  day: string;
  recordedBy: string;
  recordedAt: Date;
}

/** A person's doses as they were when there were so many facts about them. */
export interface History {
  facts: number;
  doses: DoseRecord[];
}

/** Column, property; in the order of the table. */
const COLUMNS: readonly (readonly [string, keyof DoseRecord])[] = [
  ['person_id', 'personId'],
  ['id', 'id'],
  ['kind', 'kind'],
  ['replaces', 'replaces'],
  ['reason', 'reason'],
  ['product_code', 'productCode'],
  ['vaccine_code', 'vaccineCode'],
  ['lot_id', 'lotId'],
  ['lot_number', 'lotNumber'],
  ['lot_expires_on', 'lotExpiresOn'],
  ['drawn_as', 'drawnAs'],
  ['facility_id', 'facilityId'],
  ['session_id', 'sessionId'],
  ['given_on', 'givenOn'],
  ['site', 'site'],
  ['route', 'route'],
  ['vaccinator_id', 'vaccinatorId'],
  ['presence', 'presence'],
  ['presence_reason', 'presenceReason'],
  ['late_reason', 'lateReason'],
  ['clinical_reason', 'clinicalReason'],
  ['counted', 'counted'],
  ['schedule_code', 'scheduleCode'],
  ['schedule_version', 'scheduleVersion'],
  ['recorded_by', 'recordedBy'],
  ['recorded_at', 'recordedAt'],
  ['first_recorded_by', 'firstRecordedBy'],
  ['first_recorded_at', 'firstRecordedAt'],
];

const NAMES = COLUMNS.map(([column]) => column).join(', ');
const DATES = ['lot_expires_on', 'given_on'];
const SELECTED = COLUMNS.map(([column, property]) =>
  DATES.includes(column)
    ? `to_char(v.${column}, 'YYYY-MM-DD') AS "${property}"`
    : `v.${column} AS "${property}"`,
).join(', ');
const REPLACED = `EXISTS (SELECT FROM vaccination r WHERE r.person_id = v.person_id AND r.replaces = v.id)`;

@Injectable()
export class VaccinationsStore {
  /** What is true now of the person's doses, and the count of facts to hand to {@link add}. */
  async historyOf(work: UnitOfWork, personId: string): Promise<History> {
    // The count first: a dose that is added in between makes it too small, and the gate closes.
    const facts = await this.factsOf(work, personId);
    return { facts, doses: await this.dosesOf(work, personId) };
  }

  private async factsOf(work: UnitOfWork, personId: string): Promise<number> {
    const [row] = await work.query<{ facts: number }>(`SELECT facts FROM dose_history WHERE person_id = $1`, [
      personId,
    ]);
    return row?.facts ?? 0;
  }

  /** What is true now of the person's doses, in the order they were given. */
  dosesOf(work: UnitOfWork, personId: string): Promise<DoseRecord[]> {
    return work.query(
      `SELECT ${SELECTED}, false AS replaced FROM vaccination v
       WHERE v.person_id = $1 AND v.kind <> 'void' AND NOT ${REPLACED} ORDER BY v.given_on, v.id`,
      [personId],
    );
  }

  /** What is true now of several persons' doses, in the order they were given. */
  dosesOfAll(work: UnitOfWork, personIds: readonly string[]): Promise<DoseRecord[]> {
    return work.query(
      `SELECT ${SELECTED}, false AS replaced FROM vaccination v
       WHERE v.person_id = ANY ($1::uuid[]) AND v.kind <> 'void' AND NOT ${REPLACED} ORDER BY v.given_on, v.id`,
      [personIds],
    );
  }

  /** Every fact about the person's doses, in the order they were recorded. */
  factsAbout(work: UnitOfWork, personId: string): Promise<DoseRecord[]> {
    return work.query(
      `SELECT ${SELECTED}, ${REPLACED} AS replaced FROM vaccination v WHERE v.person_id = $1 ORDER BY v.id`,
      [personId],
    );
  }

  async dose(work: UnitOfWork, personId: string, id: string): Promise<DoseRecord | null> {
    if (!isId(personId) || !isId(id)) return null;
    const [row] = await work.query<DoseRecord>(
      `SELECT ${SELECTED}, ${REPLACED} AS replaced FROM vaccination v WHERE v.person_id = $1 AND v.id = $2`,
      [personId, id],
    );
    return row ?? null;
  }

  /**
   * Adds a fact, if the person's history is still the one of `facts` facts on which it was decided; false when it is
   * not. One gated statement, which arrays for its values would make set-based: rows of one person then wait for the
   * next batch.
   */
  async add(work: UnitOfWork, facts: number, dose: Omit<DoseRecord, 'replaced'>): Promise<boolean> {
    const values = COLUMNS.map(([, property]) =>
      property === 'counted' ? JSON.stringify(dose.counted) : dose[property as keyof typeof dose],
    );
    const added = await work.query(
      `WITH gate AS (
         INSERT INTO dose_history (person_id, facts) VALUES ($1::uuid, 1)
         ON CONFLICT (person_id) DO UPDATE SET facts = dose_history.facts + 1
           WHERE dose_history.facts = $${COLUMNS.length + 1}::integer
         RETURNING person_id)
       INSERT INTO vaccination (${NAMES}) SELECT ${COLUMNS.map((_, index) => `$${index + 1}`).join(', ')} FROM gate
       RETURNING id`,
      [...values, facts],
    );
    return added.length === 1;
  }

  async addNotDone(
    ctx: Context,
    work: UnitOfWork,
    row: Omit<NotDoneRow, 'id' | 'recordedBy' | 'recordedAt'>,
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO vaccination_not_done (person_id, id, vaccine_group, reason, facility_id, session_id, day, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        row.personId,
        id,
        row.vaccineGroup,
        row.reason,
        row.facilityId,
        row.sessionId,
        row.day,
        ctx.actor.id,
        ctx.now(),
      ],
    );
    return id;
  }

  /** Doses that were due and not given, newest first. */
  notDoneOf(work: UnitOfWork, personId: string): Promise<NotDoneRow[]> {
    return work.query(
      `SELECT person_id AS "personId", id, vaccine_group AS "vaccineGroup", reason, facility_id AS "facilityId",
              session_id AS "sessionId", to_char(day, 'YYYY-MM-DD') AS day, recorded_by AS "recordedBy",
              recorded_at AS "recordedAt"
       FROM vaccination_not_done WHERE person_id = $1 ORDER BY id DESC`,
      [personId],
    );
  }
}
