import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { isCivilDate } from '../../../common';
import { InjectionSiteEnum, VaccineRouteEnum } from '../../vaccination.graphql';

/** Rows of one register, at most. */
export const MOST_ROWS = 50_000;

const REQUIRED = ['person', 'product', 'lot', 'given_on'] as const;
const OPTIONAL = ['site', 'route', 'vaccinator'] as const;
export const PAPER_COLUMNS: readonly string[] = [...REQUIRED, ...OPTIONAL];

/** A line of a register: what each column says; empty where it says nothing. */
export type PaperCells = Readonly<Record<string, string>>;

/** Why a row cannot be read, and in which column (empty: the row as a whole). */
export interface PaperFault {
  code: 'missing' | 'cellCount' | 'quotes' | 'date' | 'unknownValue' | 'tooLong';
  field: string;
}

export interface PaperRow {
  /** In the file, from 1: the header is 1. */
  line: number;
  cells: PaperCells;
  fault: PaperFault | null;
}

const PIECE = 64 * 1024;
const LONGEST = 200;

/**
 * Reads a register: CSV (RFC 4180) with a header line, separated by commas, semicolons or tabs. Nothing is defaulted; a row
 * that cannot be read says why. Null when the file is none: columns missing, unknown or twice, no rows or more than
 * {@link MOST_ROWS}. Leaves the event loop to others while it reads.
 */
export async function readPaper(text: string): Promise<PaperRow[] | null> {
  const records: { line: number; cells: string[] | null }[] = [];
  const parser = parse({
    bom: true,
    delimiter: [',', ';', '\t'],
    trim: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 20_000,
    to: MOST_ROWS + 2,
    on_skip: error => {
      records.push({ line: Number(error?.['lines'] ?? 1), cells: null });
      return undefined;
    },
  });
  parser.on('data', ({ record, info }: { record: string[]; info: { lines: number } }) =>
    records.push({ line: info.lines, cells: record }),
  );
  for (let at = 0; at < text.length; at += PIECE) {
    parser.write(text.slice(at, at + PIECE));
    await nextTurn();
  }
  parser.end();
  await finished(parser);
  const [first, ...others] = records;
  const header = first?.cells ?? [];
  const known = header.every((name, index) => PAPER_COLUMNS.includes(name) && header.indexOf(name) === index);
  if (!known || !REQUIRED.every(name => header.includes(name))) return null;
  if (others.length === 0 || others.length > MOST_ROWS) return null;
  return others.map(({ line, cells }) => rowOf(header, line, cells));
}

function rowOf(header: readonly string[], line: number, values: readonly string[] | null): PaperRow {
  const cells = Object.fromEntries(PAPER_COLUMNS.map(name => [name, values?.[header.indexOf(name)] ?? '']));
  const fault = (code: PaperFault['code'], field = ''): PaperRow => ({ line, cells, fault: { code, field } });
  if (!values) return fault('quotes');
  if (values.length !== header.length) return fault('cellCount');
  const missing = REQUIRED.find(name => cells[name] === '');
  if (missing) return fault('missing', missing);
  const long = PAPER_COLUMNS.find(name => cells[name]!.length > LONGEST);
  if (long) return fault('tooLong', long);
  if (!isCivilDate(cells.given_on)) return fault('date', 'given_on');
  if (cells.site && !(cells.site in InjectionSiteEnum)) return fault('unknownValue', 'site');
  if (cells.route && !(cells.route in VaccineRouteEnum)) return fault('unknownValue', 'route');
  return { line, cells, fault: null };
}
