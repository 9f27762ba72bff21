import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { TenantKeys } from '../../tenancy';
import type { BirthDatePrecision } from '../birth-date-rules';
import { DEFAULT_RULES, type RegistryRules } from '../rules/registry-rules';
import type { MatchFacts } from './duplicate-rules';

/** A person as the matching rules see her. */
export interface MatchCandidate extends MatchFacts {
  personId: string;
  accountIds: string[];
}

/** Locks are spread over this many rows: few enough to be kept, enough that strangers seldom wait for each other. */
const LOCK_BUCKETS = 65_536;

/** How many records like the given one are compared, those with most keys in common first. */
const MOST_CANDIDATES = 200;

@Injectable()
export class MatchStore {
  constructor(private readonly keys: TenantKeys) {}

  /**
   * Waits until no other unit of work holds one of these keys, and holds them until this one ends. In one order, so
   * that two that share several keys do not wait for each other.
   */
  async lock(work: UnitOfWork, keys: readonly string[]): Promise<void> {
    const buckets = keys.map(key => createHash('sha256').update(key).digest().readUInt32BE() % LOCK_BUCKETS);
    await work.query(
      `INSERT INTO match_lock (bucket) SELECT DISTINCT unnest($1::int[]) AS bucket ORDER BY bucket
       ON CONFLICT (bucket) DO UPDATE SET bucket = excluded.bucket`,
      [buckets],
    );
  }

  /** Persons who share a match key, an identifier or a phone with the one looked for. */
  async candidates(
    ctx: Context,
    work: UnitOfWork,
    keys: readonly string[],
    identifiers: readonly Buffer[],
    phones: readonly Buffer[],
  ): Promise<MatchCandidate[]> {
    const found = await work.query<{ person_id: string }>(
      `SELECT person_id FROM (
         SELECT person_id, 1 AS weight FROM person_match_key WHERE match_key = ANY($1::text[])
         UNION ALL SELECT person_id, 1000 FROM identifier_claim WHERE blind_index = ANY($2::bytea[])
         UNION ALL SELECT person_id, 1 FROM person_contact WHERE phone_index = ANY($3::bytea[])
       ) AS hit GROUP BY person_id ORDER BY sum(weight) DESC, person_id LIMIT ${MOST_CANDIDATES}`,
      [keys, identifiers, phones],
    );
    return this.factsOf(
      ctx,
      work,
      found.map(row => row.person_id),
    );
  }

  async factsOf(ctx: Context, work: UnitOfWork, personIds: readonly string[]): Promise<MatchCandidate[]> {
    const rows = await work.query<CandidateRow>(
      `SELECT p.person_id AS "personId", p.name, p.birth_date::text AS "date", p.birth_date_precision AS precision,
              p.sex, p.area_id AS "areaId",
              ARRAY(SELECT a.account_id FROM person_account a WHERE a.person_id = p.person_id) AS "accountIds",
              ARRAY(SELECT i.type || ':' || encode(i.blind_index, 'hex') FROM person_identifier i
                    WHERE i.person_id = p.person_id) AS identifiers,
              ARRAY(SELECT encode(c.phone_index, 'hex') FROM person_contact c WHERE c.person_id = p.person_id) AS phones
       FROM person p WHERE p.person_id = ANY($1::uuid[]) ORDER BY p.person_id`,
      [personIds],
    );
    const newest = await this.keys.newestForms(ctx);
    const comparable = (index: string): string => newest(Buffer.from(index, 'hex')).toString('hex');
    const ofType = (pair: string): [string, string] => {
      const [type, index] = pair.split(':') as [string, string];
      return [type, comparable(index)];
    };
    return rows.map(({ date, precision, identifiers, phones, ...row }) => ({
      ...row,
      birth: { date, precision },
      identifiers: new Map(identifiers.map(ofType)),
      phones: phones.map(comparable),
    }));
  }

  /** Files a person under her keys, in place of those she had. */
  async file(work: UnitOfWork, personId: string, keys: readonly string[]): Promise<void> {
    await work.query(`DELETE FROM person_match_key WHERE person_id = $1`, [personId]);
    await work.query(`INSERT INTO person_match_key (person_id, match_key) SELECT $1, unnest($2::text[])`, [
      personId,
      keys,
    ]);
  }

  /** Keeps that somebody looked at two records and says they are two persons. */
  async keepApart(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    otherIds: readonly string[],
    reason: string,
  ): Promise<void> {
    await work.query(
      `INSERT INTO person_not_same (person_id, other_person_id, reason, by_kind, by_id, at)
       SELECT $1, unnest($2::uuid[]), $3, $4, $5, $6 ON CONFLICT (person_id, other_person_id) DO NOTHING`,
      [personId, otherIds, reason, ctx.actor.kind, ctx.actor.id, ctx.now()],
    );
  }

  /** The country's limits and weights: the product's where it has not set its own. */
  async rules(work: UnitOfWork): Promise<RegistryRules> {
    const [row] = await work.query<{ rules: Partial<RegistryRules> }>(`SELECT rules FROM registry_rules`);
    return { ...DEFAULT_RULES, ...row?.rules };
  }

  /** Sets what is given and leaves the rest, so that what the country never set follows the product. */
  async setRules(ctx: Context, work: UnitOfWork, rules: Partial<RegistryRules>): Promise<void> {
    await work.query(
      `INSERT INTO registry_rules AS r (id, rules, changed_at) VALUES ('current', $1, $2)
       ON CONFLICT (id) DO UPDATE SET rules = r.rules || excluded.rules, changed_at = excluded.changed_at`,
      [JSON.stringify(rules), ctx.now()],
    );
  }
}

interface CandidateRow {
  personId: string;
  name: string;
  date: string;
  precision: BirthDatePrecision;
  sex: string;
  areaId: string | null;
  accountIds: string[];
  identifiers: string[];
  phones: string[];
}
