import { CsvError, parse } from 'csv-parse/sync';
import { sheltered, unsheltered } from './spreadsheet-cells';

const MAX_CELLS = 60;
/** Added by {@link writeRejected}, and passed over when the mended file comes back. */
const REASON = 'rejected_because';

/** What is wrong in a file and where. Lines are counted from 1, columns (cells) too. `key` is a text of the module's. */
export interface TableFault {
  line: number;
  column: number;
  /** The column's name; empty when the whole line is meant. */
  field: string;
  key: string;
  params?: Record<string, string | number>;
}

/** The columns of a table. `family` matches columns that stand once for each language. */
export interface TableForm {
  required: readonly string[];
  optional: readonly string[];
  family?: RegExp;
  mostRows: number;
}

/** A table as read. A fault of the file itself (its header, its size) leaves no rows. */
export interface Table {
  header: readonly string[];
  rows: TableRow[];
  faults: TableFault[];
}

/** A row: its cells by column, and what is found wrong with it. Nothing is defaulted here. */
export class TableRow {
  readonly faults: TableFault[] = [];

  constructor(
    private readonly header: readonly string[],
    readonly line: number,
    readonly cells: readonly string[],
  ) {}

  /** One reason a cell is enough, and one for a line that cannot be read as a whole. */
  fault(field: string, key: string, params?: TableFault['params']): void {
    if (this.faults.some(fault => fault.field === field || fault.field === '')) return;
    const column = Math.max(1, this.header.indexOf(field) + 1);
    this.faults.push({ line: this.line, column, field, key, ...(params ? { params } : {}) });
  }

  /** Trimmed; empty where the row or the file lacks it. */
  text(name: string): string {
    return this.cells[this.header.indexOf(name)]?.trim() ?? '';
  }

  optional(name: string): string | null {
    return this.text(name) || null;
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === '') this.fault(name, 'missing');
    return text;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.required(name).toUpperCase();
    if (!values.includes(value as T)) this.fault(name, 'unknownValue', { values: values.join(', ') });
    return value as T;
  }

  /** A whole number between two bounds. */
  whole(name: string, least: number, most: number): number {
    const text = this.required(name);
    if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most)
      this.fault(name, 'whole', { least, most });
    return Number(text);
  }

  /** A time of the day, `HH:MM`. */
  time(name: string): string {
    const text = this.required(name);
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) this.fault(name, 'time');
    return text;
  }

  /** A number with a full stop, where it is said. */
  decimal(name: string): number | null {
    const text = this.text(name);
    if (text === '') return null;
    if (!/^-?\d{1,3}(\.\d{1,15})?$/.test(text)) this.fault(name, 'number');
    return Number(text);
  }

  /** Words separated by blanks. */
  words(name: string): string[] {
    return [...new Set(this.text(name).split(/\s+/).filter(Boolean))];
  }

  /** What stands in the columns of the family, by what follows their colon. */
  family(form: TableForm): Record<string, string> {
    const own = this.header.filter(name => form.family?.test(name) && this.text(name) !== '');
    return Object.fromEntries(own.map(name => [name.slice(name.indexOf(':') + 1), this.text(name)]));
  }
}

/**
 * Reads CSV (RFC 4180) with a header line, with or without a byte order mark, lines ended either way, separated as
 * spreadsheets of the country write it: comma, semicolon or tab. Nothing is defaulted.
 */
export function readTable(text: string, form: TableForm): Table {
  const { records, faults: broken } = recordsOf(text, form.mostRows);
  const [first, ...others] = records;
  const header = first?.cells.map(cell => cell.trim()) ?? [];
  const faults = [...headerFaults(header, form), ...broken.filter(fault => fault.key === 'unreadable')];
  if (others.length > form.mostRows)
    faults.push({
      line: form.mostRows + 2,
      column: 1,
      field: '',
      key: 'tooManyRows',
      params: { most: form.mostRows },
    });
  if (faults.length > 0) return { header, rows: [], faults };
  const rows = others.map(({ line, cells }) => rowOf(header, line, cells));
  for (const fault of broken) {
    const row = new TableRow(header, fault.line, []);
    row.faults.push(fault);
    rows.push(row);
  }
  return { header, rows: rows.sort((a, b) => a.line - b.line), faults: [] };
}

/** The rejected rows as a file in the form of the one sent, the reasons in a last column, to be mended and sent again. */
export function writeRejected(
  header: readonly string[],
  rows: readonly { cells: readonly string[]; reasons: readonly string[] }[],
): string {
  const columns = header.filter(name => name !== REASON);
  const line = (cells: readonly string[]): string =>
    cells.map(cell => quoted(sheltered(cell))).join(',') + '\r\n';
  const own = (cells: readonly string[]): string[] => columns.map(name => cells[header.indexOf(name)] ?? '');
  return [
    line([...columns, REASON]),
    ...rows.map(({ cells, reasons }) => line([...own(cells), reasons.join(' ')])),
  ].join('');
}

const quoted = (cell: string): string =>
  /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

function rowOf(header: readonly string[], line: number, cells: readonly string[]): TableRow {
  const row = new TableRow(header, line, cells);
  if (cells.length !== header.length)
    row.fault('', 'cellCount', { cells: cells.length, columns: header.length });
  return row;
}

function headerFaults(header: readonly string[], { required, optional, family }: TableForm): TableFault[] {
  const known: readonly string[] = [...required, ...optional, REASON];
  const missing = [
    ...required.filter(name => !header.includes(name)),
    ...(family && !header.some(name => family.test(name)) ? ['name:…'] : []),
  ];
  return [
    ...missing.map(field => ({ line: 1, column: 1, field, key: 'columnMissing' })),
    ...header.flatMap((field, i) => {
      const place = { line: 1, column: i + 1, field };
      if (header.indexOf(field) < i) return [{ ...place, key: 'columnRepeated' }];
      return known.includes(field) || family?.test(field) ? [] : [{ ...place, key: 'columnUnknown' }];
    }),
  ];
}

interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
}

function recordsOf(text: string, mostRows: number): { records: CsvRecord[]; faults: TableFault[] } {
  const records: CsvRecord[] = [];
  const faults: TableFault[] = [];
  const tell = (error: CsvError | undefined, key: string): void => {
    const line = typeof error?.['lines'] === 'number' ? error['lines'] : 1;
    // one line can be broken in two places
    if (faults.at(-1)?.line !== line) faults.push({ line, column: 1, field: '', key });
  };
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: 20_000,
      to: mostRows + 2,
      on_skip: error => {
        tell(error, 'quotes');
        return undefined;
      },
      on_record: (cells: string[], { lines }) => {
        // `lines` counts to the end of the record; a cell may hold line breaks.
        const breaks = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        records.push({ cells: cells.slice(0, MAX_CELLS).map(unsheltered), line: lines - breaks });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    tell(error, 'unreadable');
  }
  return { records, faults };
}

/** The separator that the header line has most of. */
function delimiterOf(text: string): string {
  const header = text.slice(0, 4000).split(/\r?\n/, 1)[0] ?? '';
  const count = (separator: string): number => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
