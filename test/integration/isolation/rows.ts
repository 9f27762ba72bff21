import { onServer } from '../../harness/run/database';
import type { TestService } from '../../harness/service';

/** Everything a tenant stores, as its owner sees it: of each table by existing, each row as JSON. */
export type Tables = Map<string, Record<string, unknown>[]>;

export const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const TABLES = `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname NOT LIKE 'migration%' ORDER BY 1`;

export function tablesOf(service: TestService, schema: string): Promise<Tables> {
  return onServer(service.database.url, async owner => {
    const { rows } = await owner.query<{ name: string }>(TABLES, [schema]);
    const tables: Tables = new Map();
    for (const { name } of rows) {
      const found = await owner.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM ${schema}."${name}" t ORDER BY to_jsonb(t)::text`,
      );
      tables.set(
        name,
        found.rows.map(({ row }) => row),
      );
    }
    return tables;
  });
}

/** A digest of every table of a schema, to see which of them changed. */
export function digestsOf(service: TestService, schema: string): Promise<Record<string, string>> {
  return onServer(service.database.url, async owner => {
    const { rows } = await owner.query<{ name: string }>(TABLES, [schema]);
    const digests: Record<string, string> = {};
    for (const { name } of rows) {
      const found = await owner.query<{ digest: string }>(
        `SELECT count(*) || ' rows ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest
         FROM ${schema}."${name}" t`,
      );
      digests[name] = found.rows[0]!.digest;
    }
    return digests;
  });
}

/** Every text in a value, however deep: of a row, of variables, of an answer. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value && typeof value === 'object')
    for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** The same value with every text in it replaced. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(inner => mapTexts(inner, change));
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)]));
}

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const isTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(text);

/** What a caller could have learnt of a tenant: its ids and codes, by the name under which the API would ask for them. */
export class Known {
  /** All ids that are UUIDs. */
  readonly ids: string[];
  /** Texts that are no prose: codes, numbers, addresses. */
  readonly codes: string[];
  private readonly byName = new Map<string, Set<string>>();

  /** `extra` are texts that are in no row, such as cursors and tokens; prose holds `marker` and is left out. */
  constructor(tables: Tables, marker: string, extra: Record<string, string[]> = {}) {
    for (const [table, rows] of tables)
      for (const row of rows)
        for (const [column, value] of Object.entries(row))
          for (const text of textsIn(value)) {
            if (isTime(text) || text.startsWith('\\x') || text.includes(marker) || text.length > 200)
              continue;
            this.add(camel(column), text);
            if (['id', 'code', 'number'].includes(column)) this.add(camel(`${table}_${column}`), text);
          }
    for (const [name, texts] of Object.entries(extra)) for (const text of texts) this.add(name, text);
    const all = [...new Set([...this.byName.values()].flatMap(texts => [...texts]))];
    this.ids = all.filter(text => text.match(UUID)?.[0] === text);
    this.codes = all.filter(text => !text.match(UUID));
  }

  /** What goes by this name, e.g. `facilityId`; by the end of it for `toFacilityId`, and of many for `personIds`. */
  called(name: string): string[] {
    const one = name.replace(/s$/, '').toLowerCase();
    const names = [...this.byName.keys()].filter(known => {
      const lower = known.toLowerCase();
      return lower === one || lower.endsWith(one) || (lower.length > 3 && one.endsWith(lower));
    });
    return [...new Set(names.flatMap(known => [...this.byName.get(known)!]))];
  }

  private add(name: string, text: string): void {
    this.byName.set(name, (this.byName.get(name) ?? new Set()).add(text));
  }
}
