/** What is asked of the trail in a search for AuditEvents; what is left out is not asked. */
export interface AuditSearch {
  personId?: string;
  actorId?: string;
  action?: string;
  from?: Date;
  to?: Date;
  count: number;
  after?: string;
}

/** Something wrong with one parameter; `text` is a key of `interop.invalid`. */
export interface SearchFault {
  path: string;
  text: 'parameter' | 'once' | 'format';
  params?: Record<string, string>;
}

type Asked = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CODE = /^[a-z][a-z.-]{0,59}$/;
const CURSOR = /^[\w-]{1,200}$/;
const INSTANT = /^(ge|lt)([12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d))$/;
const MOST = 100;

/** Parameters that may be there once, and how each is written. */
const ONCE: Readonly<Record<string, RegExp>> = {
  patient: new RegExp(`^(Patient/)?${UUID.source.slice(1)}`),
  agent: /^[\w-]{1,60}$/,
  subtype: CODE,
  _count: /^([1-9]\d?|100)$/,
  _after: CURSOR,
};

/**
 * Reads a search (FHIR R4, "Search"): `patient`, `agent` (an account), `subtype` (an action), `date` with `ge` or `lt` and
 * an instant, `_count`, `_after`. A parameter that is not known is refused: who leaves it out would be told too much.
 */
export function auditSearch(asked: Asked): { search: AuditSearch } | { faults: SearchFault[] } {
  const faults: SearchFault[] = [];
  const known = [...Object.keys(ONCE), 'date'];
  for (const name of Object.keys(asked))
    if (!known.includes(name))
      faults.push({ path: name, text: 'parameter', params: { known: known.join(', ') } });
  const given: Record<string, string | undefined> = {};
  for (const [name, form] of Object.entries(ONCE)) {
    const value = asked[name];
    if (value === undefined) continue;
    if (typeof value !== 'string') faults.push({ path: name, text: 'once', params: { name } });
    else if (!form.test(value)) faults.push({ path: name, text: 'format' });
    else given[name] = value;
  }
  const dates = asked['date'] === undefined ? [] : [asked['date']].flat().map(instantOf);
  if (dates.includes(null)) faults.push({ path: 'date', text: 'format' });
  const days = dates.filter(date => date !== null);
  if (new Set(days.map(([bound]) => bound)).size < days.length)
    faults.push({ path: 'date', text: 'once', params: { name: 'date' } });
  if (faults.length > 0) return { faults };
  const search: AuditSearch = { count: Number(given['_count'] ?? MOST), ...Object.fromEntries(days) };
  if (given['patient']) search.personId = given['patient'].replace('Patient/', '');
  if (given['agent']) search.actorId = given['agent'];
  if (given['subtype']) search.action = given['subtype'];
  if (given['_after']) search.after = given['_after'];
  return { search };
}

/** Which bound an instant is; null when it is not written as it should be, or is of no day. */
function instantOf(value: unknown): ['from' | 'to', Date] | null {
  const [, prefix, text] = (typeof value === 'string' && INSTANT.exec(value)) || [];
  const date = new Date(text ?? NaN);
  return Number.isNaN(date.getTime()) ? null : [prefix === 'ge' ? 'from' : 'to', date];
}
