import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { BirthDatePrecision } from '../birth-date-rules';
import type { PersonStatus } from '../persons.store';

/** What planning for whole populations needs of a person, and nothing by which one could know her. */
export interface PersonToPlan {
  id: string;
  /** The earliest day it can be: look at `birthDatePrecision`. */
  birthDate: string;
  birthDatePrecision: BirthDatePrecision;
  sex: string;
  areaId: string | null;
  /** Where she was registered by staff. */
  facilityId: string | null;
  status: PersonStatus | 'erased';
}

/** Of how many persons at the most the places are taken by which the country is cut into parts. */
const SAMPLE = 100_000;

/**
 * The whole population, page by page in the order of ids, for work done by the service itself. Names, contacts and
 * identifiers are not read, so that this is no reading of a person's record.
 */
@Injectable()
export class PeopleToPlan {
  async count(work: UnitOfWork): Promise<number> {
    const [row] = await work.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM person`);
    return row!.count;
  }

  /** The last ids of all but the last of so many parts of about one size. */
  async cutInto(work: UnitOfWork, parts: number, count: number): Promise<string[]> {
    if (parts < 2) return [];
    const [row] = await work.query<{ ids: string[] | null }>(
      `SELECT percentile_disc($1::float8[]) WITHIN GROUP (ORDER BY person_id)::text[] AS ids
       FROM person TABLESAMPLE SYSTEM ($2)`,
      [Array.from({ length: parts - 1 }, (_, i) => (i + 1) / parts), Math.min(100, (SAMPLE / count) * 100)],
    );
    return [...new Set(row!.ids ?? [])];
  }

  /** Ids after one and up to another, both left out for the first and the last; in their order. */
  async idsAfter(
    work: UnitOfWork,
    { after, until }: { after: string | null; until: string | null },
    limit: number,
  ): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT person_id AS id FROM person
       WHERE person_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
         AND person_id <= coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
       ORDER BY person_id LIMIT $3`,
      [after, until, limit],
    );
    return rows.map(({ id }) => id);
  }

  ofIds(work: UnitOfWork, personIds: readonly string[]): Promise<PersonToPlan[]> {
    return work.query(
      `SELECT person_id AS id, birth_date::text AS "birthDate", birth_date_precision AS "birthDatePrecision", sex,
              area_id AS "areaId", registered_at_facility AS "facilityId", status
       FROM person WHERE person_id = ANY ($1::uuid[]) ORDER BY person_id`,
      [personIds],
    );
  }
}
