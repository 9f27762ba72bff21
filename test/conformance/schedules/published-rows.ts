import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addTo, type CivilDate, type MonthEnd } from '../../../src/common';

// What countries have published of their schedules, read in place.
const DATA = process.env['CONFORMANCE_DATA'] ?? join(__dirname, '../../../../shared/data');
const FOLDER = join(DATA, 'schedules/national');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter(name => name.endsWith('.jsonl')) : [];

interface Span {
  readonly value: number;
  readonly unit: string;
}

/** One row of the WHO/UNICEF Joint Reporting Form: a vaccine, its round, for whom and at what age. */
export interface PublishedRow {
  readonly iso3: string;
  readonly vaccineCode: string;
  readonly round: number | null;
  readonly targetPop: string | null;
  readonly targetPopDescription: string | null;
  readonly geoArea: string | null;
  readonly comment: string | null;
  readonly age: {
    readonly kind: string;
    readonly op?: string;
    readonly from?: Span | null;
    readonly to?: Span | null;
    readonly fromPreviousDose?: Span | null;
  } | null;
}

/** Why there is nothing to test, or an empty text. */
export const ABSENT = files.length > 0 ? '' : `${FOLDER} has no schedules (set CONFORMANCE_DATA)`;

export const publishedRows: readonly PublishedRow[] = files
  .flatMap(name => readFileSync(join(FOLDER, name), 'utf8').split('\n'))
  .filter(line => line.trim() !== '')
  .map(line => JSON.parse(line) as PublishedRow);

/** For every child of the country, or for every girl: not for a risk group, a trade, travellers, adults or a region. */
export function isRoutine({ targetPop, targetPopDescription, geoArea }: PublishedRow): boolean {
  const ofEveryone = targetPopDescription === 'General/routine' || isFor(targetPop);
  return ofEveryone && geoArea !== 'SUBNATIONAL';
}

const isFor = (targetPop: string | null): boolean => targetPop === 'BOTH' || isForOneSex(targetPop);

export const isForOneSex = (targetPop: string | null): boolean =>
  targetPop === 'FEMALE' || targetPop === 'MALE';

/** An age with a beginning that is the age meant, e.g. 2 months or 9-14 years; not "7 years and over". */
export const namesAnAge = ({ age }: PublishedRow): boolean =>
  age?.kind === 'age' && !age.op && Boolean(age.from);

/** "7 years and over": from when it is offered to whoever has not had it. */
export const namesALimit = ({ age }: PublishedRow): boolean =>
  age?.kind === 'age' && Boolean(age.op?.startsWith('>') && age.from);

/** `6 weeks` */
export const spanOf = ({ value, unit }: Span): string => `${value} ${unit}`;

/** `HPV4 2, +6 months` */
export function nameOf({ vaccineCode, round, age }: PublishedRow): string {
  const span = age?.from ?? age?.to ?? age?.fromPreviousDose;
  const sign = age?.fromPreviousDose ? '+' : (age?.op ?? '');
  return `${vaccineCode} ${round ?? ''}, ${sign}${span ? spanOf(span) : '?'}`;
}

/**
 * The day on which a child born that day reaches the published age. A row that says "6 months after the previous dose"
 * is counted from the day of the round before it. Undefined where the row names no age.
 */
export function publishedDay(
  row: PublishedRow,
  rows: readonly PublishedRow[],
  born: CivilDate,
  monthEnd: MonthEnd,
): CivilDate | undefined {
  if (namesAnAge(row)) return addTo(born, spanOf(row.age!.from!), monthEnd);
  if (row.age?.kind !== 'interval' || !row.age.fromPreviousDose) return undefined;
  const previous = roundBefore(row, rows);
  const day = previous && publishedDay(previous, rows, born, monthEnd);
  return day && addTo(day, spanOf(row.age.fromPreviousDose), monthEnd);
}

function roundBefore(row: PublishedRow, rows: readonly PublishedRow[]): PublishedRow | undefined {
  return rows.find(
    other =>
      other.vaccineCode === row.vaccineCode &&
      other.targetPop === row.targetPop &&
      other.round !== null &&
      other.round + 1 === row.round,
  );
}
