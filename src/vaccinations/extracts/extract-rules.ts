/** A person for counting: nothing by which one could know her. */
export interface CountedPerson {
  id: string;
  /** The earliest day it can be. */
  birthDate: string;
  sex: string;
  /** The country's own largest area where she lives; the nil id when it is not known. */
  areaId: string;
}

/** What one figure of an extract is about. */
export interface CellKey {
  /** First day of the month in which the doses were given. */
  month: string;
  areaId: string;
  ageBand: string;
  sex: string;
  vaccine: string;
}

export interface Cell extends CellKey {
  /** How many people had one or more such doses. */
  persons: number;
}

/** Completed years of age from which each band begins. One set of bands for all: figures cut twice could be subtracted. */
const BANDS = [0, 1, 5, 15, 25, 50, 65];

/** The band of ages in which somebody born on a day was on another. */
export function ageBandOf(birthDate: string, on: string): string {
  const birthday = on.slice(5) >= birthDate.slice(5);
  const years = Math.max(0, Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (birthday ? 0 : 1));
  const at = BANDS.findLastIndex(from => years >= from);
  const next = BANDS[at + 1];
  if (next === undefined) return `${BANDS[at]}+`;
  return next - BANDS[at]! === 1 ? `${BANDS[at]}` : `${BANDS[at]}-${next - 1}`;
}

/** Figures of some people's doses: each person counts once in each. */
export function cellsOf(
  people: readonly CountedPerson[],
  doses: readonly { personId: string; givenOn: string; vaccineCode: string }[],
): Cell[] {
  const byId = new Map(people.map(person => [person.id, person]));
  const cells = new Map<string, Cell & { of: Set<string> }>();
  for (const { personId, givenOn, vaccineCode } of doses) {
    const person = byId.get(personId);
    if (!person) continue;
    const key: CellKey = {
      month: `${givenOn.slice(0, 7)}-01`,
      areaId: person.areaId,
      ageBand: ageBandOf(person.birthDate, givenOn),
      sex: person.sex,
      vaccine: vaccineCode,
    };
    const name = Object.values(key).join('|');
    const cell = cells.get(name) ?? { ...key, persons: 0, of: new Set<string>() };
    cell.of.add(personId);
    cells.set(name, cell);
  }
  return [...cells.values()].map(({ of, ...cell }) => ({ ...cell, persons: of.size }));
}

/** The months of an extract, first days: whole ones that are over, 24 at the most; what is wrong with them, or null. */
export function monthsFault(from: string, until: string, today: string): string | null {
  if (!from.endsWith('-01') || !until.endsWith('-01')) return 'vaccinations.extract.invalid.firstOfMonth';
  if (until < from) return 'vaccinations.extract.invalid.backwards';
  if (until.slice(0, 7) >= today.slice(0, 7)) return 'vaccinations.extract.invalid.monthNotOver';
  const months = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return months(until) - months(from) >= MOST_MONTHS ? 'vaccinations.extract.invalid.tooMany' : null;
}

export const MOST_MONTHS = 24;
