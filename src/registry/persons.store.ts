import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { ASKED, type UnitOfWork } from '../platform/database';
import type { BirthDatePrecision } from './birth-date-rules';
import { PersonKeys } from './privacy/person-keys.store';

/** Whether vaccinations are still to be planned here: living here, gone elsewhere, or dead. */
export type PersonStatus = 'active' | 'moved' | 'deceased';

/** What an account is to a person it acts for. */
export type Relation = 'self' | 'child' | 'parent' | 'partner' | 'sibling' | 'ward' | 'other';

export interface NameParts {
  given?: string | null;
  middle?: string | null;
  family?: string | null;
}

/** What is asked of a person and can be corrected. */
export interface PersonFacts {
  name: string;
  nameParts: NameParts | null;
  birthDate: string;
  birthDatePrecision: BirthDatePrecision;
  sex: string;
  areaId: string | null;
  language: string | null;
  accessNeeds: string[];
  status: PersonStatus;
}

export interface PersonRow extends PersonFacts {
  id: string;
  /** The code on the printed card, digits only. */
  code: string;
  registeredVia: 'own-account' | 'assisted';
  registeredAt: Date;
  /** The citizen accounts that act for her. */
  accountIds: string[];
}

const COLUMNS = `p.person_id AS id, p.code, p.name, p.name_parts AS "nameParts", p.birth_date::text AS "birthDate",
  p.birth_date_precision AS "birthDatePrecision", p.sex, p.area_id AS "areaId", p.language,
  p.access_needs AS "accessNeeds", p.status, p.registered_via AS "registeredVia", p.registered_at AS "registeredAt",
  ARRAY(SELECT a.account_id FROM person_account a WHERE a.person_id = p.person_id) AS "accountIds"`;

/** Where both values of a correction are sealed. */
const CHANGE = { table: 'person_change', column: 'values_sealed' };

@Injectable()
export class PersonsStore {
  constructor(private readonly keys: PersonKeys) {}

  async person(work: UnitOfWork, personId: string): Promise<PersonRow | null> {
    const [row] = await work.query<PersonRow>(
      `SELECT ${COLUMNS} FROM person p WHERE p.person_id = $1 AND p.status <> 'erased'`,
      [personId],
    );
    return row ?? null;
  }

  /** Locked until the unit of work ends, so that two corrections come one after the other. */
  async personToChange(work: UnitOfWork, personId: string): Promise<PersonRow | null> {
    await work.query(`SELECT 1 FROM person WHERE person_id = $1 FOR UPDATE`, [personId]);
    return this.person(work, personId);
  }

  /** In one order, so that two who hold several people do not wait for each other. */
  async hold(work: UnitOfWork, personIds: readonly string[]): Promise<void> {
    await work.query(
      `SELECT FROM person WHERE person_id = ANY ($1::uuid[]) ORDER BY person_id FOR NO KEY UPDATE`,
      [personIds],
    );
  }

  persons(work: UnitOfWork, personIds: readonly string[]): Promise<PersonRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM ${ASKED}, LATERAL (SELECT * FROM person WHERE person_id = asked.id OFFSET 0) p
       WHERE p.status <> 'erased'`,
      [[...new Set(personIds)]],
    );
  }

  /** The people an account acts for, first linked first. */
  peopleOf(work: UnitOfWork, accountId: string): Promise<(PersonRow & { relation: Relation })[]> {
    return work.query(
      `SELECT ${COLUMNS}, own.relation FROM person_account own JOIN person p ON p.person_id = own.person_id
       WHERE own.account_id = $1 ORDER BY own.linked_at, p.person_id`,
      [accountId],
    );
  }

  async personIdOfCode(work: UnitOfWork, code: string): Promise<string | null> {
    const [row] = await work.query<{ person_id: string }>(
      `SELECT person_id FROM person_code_claim WHERE code = $1`,
      [code],
    );
    return row?.person_id ?? null;
  }

  async personIdsOfCodes(work: UnitOfWork, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (codes.length === 0) return new Map();
    const rows = await work.query<{ code: string; id: string }>(
      `SELECT code, person_id AS id FROM person_code_claim WHERE code = ANY ($1::text[])`,
      [codes],
    );
    return new Map(rows.map(({ code, id }) => [code, id]));
  }

  /** Takes a code for a person; false when somebody else has it. */
  async claimCode(work: UnitOfWork, code: string, personId: string): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO person_code_claim (code, person_id) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING RETURNING code`,
      [code, personId],
    );
    return rows.length === 1;
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    person: PersonFacts & { id: string; code: string },
    how: { via: PersonRow['registeredVia']; facilityId: string | null },
  ): Promise<void> {
    await work.query(
      `INSERT INTO person (person_id, code, name, name_parts, birth_date, birth_date_precision, sex, area_id, language,
         access_needs, status, registered_via, registered_by, registered_at_facility, registered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [person.id, person.code, ...columnsOf(person), how.via, ctx.actor.id, how.facilityId, ctx.now()],
    );
  }

  /** Writes the corrected facts and, as a fact of its own, what they were before. */
  async change(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    facts: PersonFacts,
    change: { fields: readonly string[]; before: object; after: object; reason: string },
  ): Promise<void> {
    await work.query(
      `UPDATE person SET name = $2, name_parts = $3, birth_date = $4, birth_date_precision = $5, sex = $6, area_id = $7,
         language = $8, access_needs = $9, status = $10 WHERE person_id = $1`,
      [personId, ...columnsOf(facts)],
    );
    const id = ctx.newId();
    const values = JSON.stringify({ before: change.before, after: change.after });
    const sealed = await this.keys.seal(ctx, work, personId, { ...CHANGE, row: id }, values);
    await work.query(
      `INSERT INTO person_change (person_id, change_id, fields, values_sealed, reason, by_kind, by_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [personId, id, change.fields, sealed, change.reason, ctx.actor.kind, ctx.actor.id, ctx.now()],
    );
  }

  async link(
    ctx: Context,
    work: UnitOfWork,
    link: { personId: string; accountId: string; relation: Relation },
  ): Promise<void> {
    await work.query(
      `INSERT INTO person_account (person_id, account_id, relation, linked_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (person_id, account_id) DO UPDATE SET relation = excluded.relation`,
      [link.personId, link.accountId, link.relation, ctx.now()],
    );
  }

  /** False when the account did not act for the person. */
  async unlink(work: UnitOfWork, personId: string, accountId: string): Promise<boolean> {
    const rows = await work.query(
      `DELETE FROM person_account WHERE person_id::text = $1 AND account_id = $2 RETURNING person_id`,
      [personId, accountId],
    );
    return rows.length === 1;
  }

  /** What was corrected, newest first. */
  changes(
    work: UnitOfWork,
    personId: string,
  ): Promise<{ fields: string[]; reason: string; actorKind: string; at: Date }[]> {
    return work.query(
      `SELECT coalesce(fields, ARRAY(SELECT jsonb_object_keys(after) ORDER BY 1)) AS fields, reason, by_kind AS "actorKind", at
       FROM person_change WHERE person_id = $1 ORDER BY change_id DESC`,
      [personId],
    );
  }

  async countPeopleOf(work: UnitOfWork, accountId: string): Promise<number> {
    const [row] = await work.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM person_account WHERE account_id = $1`,
      [accountId],
    );
    return row!.count;
  }
}

const columnsOf = (facts: PersonFacts): unknown[] => [
  facts.name,
  facts.nameParts ? JSON.stringify(facts.nameParts) : null,
  facts.birthDate,
  facts.birthDatePrecision,
  facts.sex,
  facts.areaId,
  facts.language,
  facts.accessNeeds,
  facts.status,
];
