import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { TextByLanguage } from '../../localisation';
import type { UnitOfWork } from '../../platform/database';
import type { PackArea } from '../../programmes';

export interface AreaRow {
  id: string;
  code: string;
  parentId: string | null;
  level: string;
  names: TextByLanguage;
  latitude: number | null;
  longitude: number | null;
  postalPrefixes: string[];
  /** Every id from the top to the area itself. */
  path: string[];
  active: boolean;
}

const COLUMNS = `id, code, parent_id AS "parentId", level, names, latitude, longitude,
  postal_prefixes AS "postalPrefixes", path, active`;

@Injectable()
export class AreasStore {
  async upsert(work: UnitOfWork, areas: readonly (PackArea & { id: string })[]): Promise<void> {
    await work.query(
      `INSERT INTO area (id, code, level, names, latitude, longitude, postal_prefixes, path, active)
       SELECT id, code, level, name, (point->>'latitude')::float8, (point->>'longitude')::float8,
              ARRAY(SELECT jsonb_array_elements_text("postalPrefixes")), ARRAY[id], true
       FROM jsonb_to_recordset($1::jsonb) AS a(id uuid, code text, level text, name jsonb, point jsonb, "postalPrefixes" jsonb)
       ON CONFLICT (code) DO UPDATE SET level = excluded.level, names = excluded.names, latitude = excluded.latitude,
         longitude = excluded.longitude, postal_prefixes = excluded.postal_prefixes, active = true`,
      [JSON.stringify(areas)],
    );
  }

  /** Sets parents and paths of the areas named, and marks all others inactive. */
  async linkAndRetire(
    work: UnitOfWork,
    links: readonly { code: string; parent: string | null }[],
  ): Promise<void> {
    await work.query(
      `WITH RECURSIVE link AS (
         SELECT child.id, parent.id AS parent_id
         FROM jsonb_to_recordset($1::jsonb) AS l(code text, parent text)
         JOIN area child ON child.code = l.code
         LEFT JOIN area parent ON parent.code = l.parent
       ), tree AS (
         SELECT id, parent_id, ARRAY[id] AS path FROM link WHERE parent_id IS NULL
         UNION ALL
         SELECT link.id, link.parent_id, tree.path || link.id FROM link JOIN tree ON tree.id = link.parent_id
       )
       UPDATE area SET parent_id = tree.parent_id, path = tree.path FROM tree WHERE area.id = tree.id`,
      [JSON.stringify(links)],
    );
    await work.query(`UPDATE area SET active = false WHERE active AND code <> ALL ($1::text[])`, [
      links.map(link => link.code),
    ]);
  }

  /** One row more than the page holds. */
  below(work: UnitOfWork, parentId: string | null, page: PageRequest): Promise<AreaRow[]> {
    if (parentId !== null && !isId(parentId)) return Promise.resolve([]);
    return work.query(
      `SELECT ${COLUMNS} FROM area WHERE parent_id IS NOT DISTINCT FROM $1::uuid AND active AND code > $2 ORDER BY code LIMIT $3`,
      [parentId, page.after ? decodeCursor(page.after) : '', page.first + 1],
    );
  }

  async area(work: UnitOfWork, id: string): Promise<AreaRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<AreaRow>(`SELECT ${COLUMNS} FROM area WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** An area and everything below it, or all areas of the country; inactive ones too. */
  within(work: UnitOfWork, areaId: string | null): Promise<AreaRow[]> {
    return areaId === null
      ? work.query(`SELECT ${COLUMNS} FROM area`)
      : work.query(`SELECT ${COLUMNS} FROM area WHERE path @> ARRAY[$1::uuid]`, [areaId]);
  }

  /** Ids and paths of active areas by code, of those that exist. */
  async byCodes(
    work: UnitOfWork,
    codes: readonly string[],
  ): Promise<Map<string, Pick<AreaRow, 'id' | 'path'>>> {
    const rows = await work.query<{ code: string; id: string; path: string[] }>(
      `SELECT code, id, path FROM area WHERE code = ANY ($1::text[]) AND active`,
      [codes],
    );
    return new Map(rows.map(row => [row.code, row]));
  }
}
