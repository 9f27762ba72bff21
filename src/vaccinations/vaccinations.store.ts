import { Injectable } from '@nestjs/common';
import { isId } from '../common';
import type { Context } from '../platform/context';
import { asInstant, ASKED, type Copied, MANY, rowOf, type UnitOfWork } from '../platform/database';
import { Persons } from '../registry';
import type { DoseForEngine, DoseRecord, ToldByDevice } from './dose-record';

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

/** A dose as far as the schedule engine asks, and where it was given. */
export type RecordedDose = DoseForEngine & Pick<DoseRecord, 'facilityId'>;

type FactInHistory = RecordedDose & Pick<DoseRecord, 'personId' | 'kind' | 'replaces'>;

/** A person's doses as they were when there were so many facts about them. */
export interface History {
  facts: number;
  doses: readonly RecordedDose[];
}

/** A fact to be added, and how many there were about the person when it was decided. */
interface NewFact {
  dose: Omit<DoseRecord, 'replaced'>;
  facts: number;
  /** Left out: no device told of it. */
  device?: ToldByDevice | undefined;
}

/** Column, property; in the order of the table. */
const COLUMNS: readonly (readonly [string, keyof Omit<DoseRecord, 'replaced'>])[] = [
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

/** What is written beside those, and read by nobody who asks for doses. */
const OF_DEVICE: readonly (readonly [string, keyof ToldByDevice])[] = [
  ['device_id', 'deviceId'],
  ['client_id', 'clientId'],
  ['device_given_at', 'deviceGivenAt'],
  ['given_at', 'givenAt'],
  ['distinct_reason', 'distinctReason'],
];

const WRITTEN = [...COLUMNS, ...OF_DEVICE];
const NAMES = WRITTEN.map(([column]) => column).join(', ');
const DATES = ['lot_expires_on', 'given_on'];
const selected = (columns: typeof COLUMNS): string =>
  columns
    .map(([column, property]) => `v.${column}${DATES.includes(column) ? '::text' : ''} AS "${property}"`)
    .join(', ');
const SELECTED = selected(COLUMNS);

/** What is for the stock, the schedule engine and corrections to know, and nobody is told. */
const UNTOLD = ['lotExpiresOn', 'drawnAs', 'firstRecordedBy', 'firstRecordedAt'] as const;
/** A fact as far as it is told. */
export type ToldFact = Omit<DoseRecord, (typeof UNTOLD)[number]>;
const TOLD = COLUMNS.filter(([, property]) => !(UNTOLD as readonly string[]).includes(property));

/** As it is stored, each column read when it is told. */
class StoredFact extends rowOf<Omit<ToldFact, 'replaced'>>(
  TOLD.map(([, property]) => property as Exclude<keyof ToldFact, 'replaced'>),
  { counted: JSON.parse, recordedAt: asInstant },
) {
  replaced = false;
}

/** The types of the columns that are no text. */
const TYPES: Readonly<Record<string, string>> = {
  person_id: 'uuid',
  id: 'uuid',
  replaces: 'uuid',
  lot_id: 'uuid',
  drawn_as: 'uuid',
  facility_id: 'uuid',
  session_id: 'uuid',
  lot_expires_on: 'date',
  given_on: 'date',
  counted: 'jsonb',
  recorded_at: 'timestamptz',
  first_recorded_at: 'timestamptz',
  device_given_at: 'timestamptz',
  given_at: 'timestamptz',
};
/** A dose as a record of JSON. */
const RECORD = WRITTEN.map(([column, property]) => `"${property}" ${TYPES[column] ?? 'text'}`).join(', ');
const REPLACED = `EXISTS (SELECT FROM vaccination r WHERE r.person_id = v.person_id AND r.replaces = v.id)`;

/** Of all facts about one person. */
function markReplaced(facts: readonly ToldFact[]): void {
  const replaced = new Set(facts.map(({ replaces }) => replaces));
  for (const fact of facts) fact.replaced = replaced.has(fact.id);
}

@Injectable()
export class VaccinationsStore {
  constructor(private readonly persons: Persons) {}

  /** {@link historiesOf} one person. */
  async historyOf(work: UnitOfWork, personId: string): Promise<History> {
    return (await this.historiesOf(work, [personId])).get(personId)!;
  }

  /**
   * What is true now of people's doses, in the order they were given, and the counts of facts to hand to {@link addAll}.
   * Each person is looked up: for a list, a plan made while the table was young reads all of it, and grows dear with it.
   */
  async historiesOf(work: UnitOfWork, personIds: readonly string[]): Promise<ReadonlyMap<string, History>> {
    const rows = await work.query<FactInHistory>(
      `SELECT v.* FROM unnest($1::uuid[]) asked(person_id), LATERAL (
         SELECT person_id AS "personId", id, kind, replaces, facility_id AS "facilityId", vaccine_code AS "vaccineCode",
                given_on::text AS "givenOn", lot_expires_on::text AS "lotExpiresOn"
         FROM vaccination WHERE person_id = asked.person_id OFFSET 0) v
       ORDER BY "givenOn", id`,
      [[...new Set(personIds)]],
    );
    const replaced = new Set(rows.map(({ replaces }) => replaces));
    const histories = new Map(personIds.map(id => [id, { facts: 0, doses: [] as FactInHistory[] }]));
    for (const row of rows) {
      const history = histories.get(row.personId)!;
      history.facts++;
      if (row.kind !== 'void' && !replaced.has(row.id)) history.doses.push(row);
    }
    return histories;
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

  /** Every fact about the doses of each of these people, in no order; what replaces a fact is among them. */
  async factsAbout(work: UnitOfWork, personIds: readonly string[]): Promise<ReadonlyMap<string, ToldFact[]>> {
    const facts = new Map(personIds.map(id => [id, [] as ToldFact[]]));
    const rows = await work.rows(
      StoredFact,
      `SELECT ${selected(TOLD)}
       FROM ${ASKED}, LATERAL (SELECT * FROM vaccination WHERE person_id = asked.id OFFSET 0) v`,
      [[...facts.keys()]],
    );
    for (const row of rows) facts.get(row.personId)!.push(row);
    for (const one of facts.values()) markReplaced(one);
    return facts;
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
   * Adds a fact about each of several people, if all their histories are still the ones of so many `facts` on which
   * they were decided; false, with the work to be rolled back, when one is not. Whoever adds facts about one of them
   * holds her first, so that what is counted then is all there is.
   */
  async addAll(work: UnitOfWork, rows: readonly NewFact[]): Promise<boolean> {
    if (rows.length >= MANY) return this.copyAll(work, rows);
    const [, added] = await Promise.all([
      this.persons.hold(work, rows.map(personOf)),
      work.query(
        `INSERT INTO vaccination (${NAMES})
         SELECT ${WRITTEN.map(([, property]) => `"${property}"`).join(', ')}
         FROM json_to_recordset($1::json) AS fact(facts integer, ${RECORD})
         WHERE facts = (SELECT count(*) FROM vaccination v WHERE v.person_id = "personId")
         RETURNING id`,
        [JSON.stringify(rows.map(({ dose, facts, device }) => ({ facts, ...dose, ...device })))],
      ),
    ]);
    return added.length === rows.length;
  }

  /**
   * {@link addAll} of very many: the same gate, and behind it COPY of what it lets through. They travel together, so that a
   * gate that is closed is known when the doses are written: they go with the work, which must be rolled back then.
   */
  private async copyAll(work: UnitOfWork, rows: readonly NewFact[]): Promise<boolean> {
    const people = rows.map(personOf);
    const [, unmoved] = await Promise.all([
      this.persons.hold(work, people),
      work.query(
        `SELECT FROM unnest($1::uuid[], $2::integer[]) f(person_id, facts)
         WHERE facts = (SELECT count(*) FROM vaccination v WHERE v.person_id = f.person_id)`,
        [people, rows.map(({ facts }) => facts)],
      ),
      work.copy(`vaccination (${NAMES})`, rows.map(asCopied)),
    ]);
    return unmoved.length === rows.length;
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

  /** These people's doses that were due and not given, newest first. */
  notDoneOf(work: UnitOfWork, personIds: readonly string[]): Promise<NotDoneRow[]> {
    return work.query(
      `SELECT n.* FROM ${ASKED}, LATERAL (
         SELECT person_id AS "personId", id, vaccine_group AS "vaccineGroup", reason, facility_id AS "facilityId",
                session_id AS "sessionId", to_char(day, 'YYYY-MM-DD') AS day, recorded_by AS "recordedBy",
                recorded_at AS "recordedAt"
         FROM vaccination_not_done WHERE person_id = asked.id OFFSET 0) n
       ORDER BY n.id DESC`,
      [[...new Set(personIds)]],
    );
  }
}

/** In the order of `WRITTEN`. */
function asCopied({ dose, device }: NewFact): Copied[] {
  const row = COLUMNS.map(([, property]): Copied => dose[property]);
  for (const [, property] of OF_DEVICE) row.push(device?.[property]);
  return row;
}

const personOf = ({ dose }: NewFact): string => dose.personId;
