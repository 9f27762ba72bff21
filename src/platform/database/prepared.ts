/** Statements that are prepared; a module has some dozens, and what is made up at run time has few forms. */
const MOST = 2_000;

const names = new Map<string, string>();
let made = 0;

/**
 * The name under which a connection keeps a statement prepared, so that it is parsed and planned once and not with
 * every call: for a short statement planning is most of what it costs. Undefined for the rare one that came too late.
 */
export function preparedName(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= MOST) return known;
  const name = `t${++made}`;
  names.set(sql, name);
  return name;
}

/** Forgets a statement whose plan no longer fits its tables (a migration came): the next call prepares it anew. */
export function forgetPrepared(sql: string): void {
  names.delete(sql);
}
