import { Injectable } from '@nestjs/common';
import { decodeCursor, isId } from '../../common';
import type { TextByLanguage } from '../../localisation';
import type { UnitOfWork } from '../../platform/database';
import type { Written } from '../../platform/tables';
import type { FacilityCategory, FacilityKind } from './facility-rules';

/** A place that vaccinates, as it is entered and changed. */
export interface FacilityDetails {
  names: TextByLanguage;
  areaId: string;
  category: FacilityCategory;
  kind: FacilityKind;
  address: string | null;
  postalCode: string | null;
  latitude: number | null;
  longitude: number | null;
  /** E.164. */
  phone: string | null;
  openingHours: string | null;
  services: string[];
  active: boolean;
}

export interface FacilityRow extends FacilityDetails {
  id: string;
  code: string;
  /** The area of the facility and every one above, from the top. */
  areaIds: string[];
}

export interface FacilityFilter {
  areaId?: string | null;
  postalCode?: string | null;
  code?: string | null;
  /** Also those that are closed. */
  inactiveToo?: boolean;
}

const COLUMNS = `f.id, f.code, f.names, f.area_id AS "areaId", f.category, f.kind, f.address, f.postal_code AS "postalCode",
  f.latitude, f.longitude, f.phone, f.opening_hours AS "openingHours", f.services, f.active, a.path AS "areaIds"`;

/** The columns an import or a change can move; a row that differs in none of them is unchanged. */
const DETAILS = `names, area_id, category, kind, address, postal_code, latitude, longitude, phone, opening_hours, services, active`;

@Injectable()
export class FacilitiesStore {
  async facility(work: UnitOfWork, id: string): Promise<FacilityRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<FacilityRow>(
      `SELECT ${COLUMNS} FROM facility f JOIN area a ON a.id = f.area_id WHERE f.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /**
   * Where facilities lie: the area of each and every one above it, from the top. How many are asked for is kept from the
   * planner, which hopes for fewer than ten and would plan anew with every call.
   */
  areasOf(work: UnitOfWork, ids: readonly string[]): Promise<{ id: string; areaIds: string[] }[]> {
    return work.query(
      `SELECT f.id, a.path AS "areaIds" FROM facility f JOIN area a ON a.id = f.area_id
       WHERE f.id = ANY ((SELECT $1::uuid[])::uuid[])`,
      [ids],
    );
  }

  /** What facilities are called, by their ids. */
  async namesOf(work: UnitOfWork, ids: readonly string[]): Promise<Map<string, TextByLanguage>> {
    const rows = await work.query<{ id: string; names: TextByLanguage }>(
      `SELECT id, names FROM facility WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map(({ id, names }) => [id, names]));
  }

  /** In the order of their codes; one row more than the page holds. */
  facilities(
    work: UnitOfWork,
    filter: FacilityFilter,
    page: { first: number; after?: string | null },
  ): Promise<FacilityRow[]> {
    if (filter.areaId && !isId(filter.areaId)) return Promise.resolve([]);
    return work.query(
      `SELECT ${COLUMNS} FROM facility f JOIN area a ON a.id = f.area_id
       WHERE f.code > $1 AND ($2::uuid IS NULL OR a.path @> ARRAY[$2::uuid]) AND ($3::text IS NULL OR f.postal_code = $3)
         AND ($4::text IS NULL OR f.code = $4) AND (f.active OR $5)
       ORDER BY f.code LIMIT $6`,
      [
        page.after ? decodeCursor(page.after) : '',
        filter.areaId ?? null,
        filter.postalCode ?? null,
        filter.code ?? null,
        filter.inactiveToo ?? false,
        page.first + 1,
      ],
    );
  }

  /** Where facilities that have these codes lie: their id, and their areas from the top. */
  async placesByCode(
    work: UnitOfWork,
    codes: readonly string[],
  ): Promise<Map<string, { facilityId: string; areaIds: string[] }>> {
    const rows = await work.query<{ code: string; facilityId: string; areaIds: string[] }>(
      `SELECT f.code, f.id AS "facilityId", a.path AS "areaIds" FROM facility f JOIN area a ON a.id = f.area_id
       WHERE f.code = ANY ($1::text[])`,
      [codes],
    );
    return new Map(rows.map(({ code, ...place }) => [code, place]));
  }

  /** Adds one facility; false when its code is taken. */
  async add(
    work: UnitOfWork,
    row: FacilityDetails & { id: string; code: string },
    now: Date,
  ): Promise<boolean> {
    const added = await work.query(`${INSERT} ON CONFLICT (code) DO NOTHING RETURNING id`, [
      JSON.stringify([row]),
      now,
    ]);
    return added.length === 1;
  }

  async change(work: UnitOfWork, id: string, details: FacilityDetails, now: Date): Promise<void> {
    await work.query(
      `UPDATE facility SET (${DETAILS}) = (SELECT ${DETAILS} FROM (${RECORDS}) AS r), changed_at = $2 WHERE id = $3`,
      [JSON.stringify([{ ...details, id, code: '' }]), now, id],
    );
  }

  /** Adds and changes many facilities by code in one statement. What differs in nothing is not written. */
  async upsert(
    work: UnitOfWork,
    rows: readonly (FacilityDetails & { id: string; code: string })[],
    now: Date,
  ): Promise<Written> {
    const written = await work.query<{ known: boolean }>(
      `WITH known AS (SELECT code FROM facility WHERE code = ANY ($3::text[])), written AS (
         ${INSERT}
         ON CONFLICT (code) DO UPDATE SET (${DETAILS}) = ROW (${prefixed('excluded')}), changed_at = excluded.changed_at
           WHERE (${prefixed('facility')}) IS DISTINCT FROM (${prefixed('excluded')})
         RETURNING code)
       SELECT code IN (SELECT code FROM known) AS known FROM written`,
      [JSON.stringify(rows), now, rows.map(row => row.code)],
    );
    const changed = written.filter(row => row.known).length;
    return { added: written.length - changed, changed };
  }
}

const prefixed = (table: string): string =>
  DETAILS.split(', ')
    .map(column => `${table}.${column}`)
    .join(', ');

const RECORDS = `SELECT id, code, names, "areaId" AS area_id, category, kind, address, "postalCode" AS postal_code, latitude, longitude,
    phone, "openingHours" AS opening_hours, ARRAY(SELECT jsonb_array_elements_text(services)) AS services, active
  FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, code text, names jsonb, "areaId" uuid, category text, kind text, address text,
    "postalCode" text, latitude float8, longitude float8, phone text, "openingHours" text, services jsonb, active boolean)`;

const INSERT = `INSERT INTO facility (id, code, ${DETAILS}, created_at, changed_at)
  SELECT id, code, ${DETAILS}, $2::timestamptz, $2::timestamptz FROM (${RECORDS}) AS r`;
