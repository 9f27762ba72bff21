import { CsvError, parse } from 'csv-parse/sync';
import {
  FACILITY_CATEGORIES,
  FACILITY_KINDS,
  type EnteredFacility,
  type FacilityFault,
} from './facility-rules';

/** Rows in one file. A bigger register comes as several files. */
export const MAX_ROWS = 10_000;
const MAX_CELLS = 60;

const REQUIRED = ['code', 'area', 'category', 'kind', 'active'] as const;
const OPTIONAL = [
  'address',
  'postal_code',
  'latitude',
  'longitude',
  'phone',
  'opening_hours',
  'services',
] as const;
/** Added by {@link writeRejected}, and passed over when the mended file comes back. */
const REASON = 'rejected_because';
const NAME = /^name:[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** A facility's fields as the file calls them, where that differs. */
const COLUMN_OF: Record<string, string> = { postalCode: 'postal_code', openingHours: 'opening_hours' };

/** What is wrong in a file and where. Lines are counted from 1, columns (cells) too. */
export interface FileFault {
  line: number;
  column: number;
  /** The column's name; empty when the whole line is meant. */
  field: string;
  key: string;
  params?: Record<string, string | number>;
}

/** A row as it was read. `entered` is null when nothing of it could be, and complete only when there are no faults. */
export interface FileRow {
  line: number;
  cells: readonly string[];
  code: string;
  areaCode: string;
  entered: EnteredFacility | null;
  faults: FileFault[];
}

/** A register of facilities as read. A fault of the file itself (its header) leaves no rows. */
export interface FacilityFile {
  header: readonly string[];
  rows: FileRow[];
  faults: FileFault[];
}

/**
 * Reads a register of facilities: CSV (RFC 4180), a header line first, with or without a byte order mark, lines ended
 * either way, cells separated by comma, semicolon or tab as spreadsheets of the country write them. Nothing is
 * defaulted: a required cell that is empty, a number that is none, a word that is not on the list are faults.
 */
export function readFacilityFile(text: string): FacilityFile {
  const { records, faults: broken } = recordsOf(text);
  const [first, ...others] = records;
  const header = first?.cells.map(cell => cell.trim()) ?? [];
  const faults = [...headerFaults(header), ...broken.filter(fault => fault.key === 'unreadable')];
  if (others.length > MAX_ROWS)
    faults.push({ line: MAX_ROWS + 2, column: 1, field: '', key: 'tooManyRows', params: { most: MAX_ROWS } });
  if (faults.length > 0) return { header, rows: [], faults };
  const rows = others.map(record => readRow(header, record));
  for (const fault of broken) rows.push(brokenRow(fault));
  return { header, rows: rows.sort((a, b) => a.line - b.line), faults: [] };
}

/** The rejected rows as a file in the form of the one sent, the reasons in a last column, to be mended and sent again. */
export function writeRejected(
  header: readonly string[],
  rows: readonly { cells: readonly string[]; reasons: readonly string[] }[],
): string {
  const columns = header.filter(name => name !== REASON);
  const line = (cells: readonly string[]): string => cells.map(quoted).join(',') + '\r\n';
  const own = (cells: readonly string[]): string[] => columns.map(name => cells[header.indexOf(name)] ?? '');
  return [
    line([...columns, REASON]),
    ...rows.map(({ cells, reasons }) => line([...own(cells), reasons.join(' ')])),
  ].join('');
}

/** Where in a row a fault of a facility's field is. */
export function placeOf(header: readonly string[], line: number, fault: FacilityFault): FileFault {
  const field = COLUMN_OF[fault.field] ?? fault.field;
  return { ...fault, field, line, column: Math.max(1, header.indexOf(field) + 1) };
}

const quoted = (cell: string): string =>
  /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

function headerFaults(header: readonly string[]): FileFault[] {
  const known: readonly string[] = [...REQUIRED, ...OPTIONAL, REASON];
  const missing = [
    ...REQUIRED.filter(name => !header.includes(name)),
    ...(header.some(name => NAME.test(name)) ? [] : ['name:…']),
  ];
  return [
    ...missing.map(field => ({ line: 1, column: 1, field, key: 'columnMissing' })),
    ...header.flatMap((field, i) => {
      const place = { line: 1, column: i + 1, field };
      if (header.indexOf(field) < i) return [{ ...place, key: 'columnRepeated' }];
      return known.includes(field) || NAME.test(field) ? [] : [{ ...place, key: 'columnUnknown' }];
    }),
  ];
}

function readRow(header: readonly string[], { line, cells }: CsvRecord): FileRow {
  const faults: FileFault[] = [];
  const fault = (field: string, key: string, params?: FileFault['params']): void =>
    void faults.push({ ...placeOf(header, line, { field, key }), ...(params ? { params } : {}) });
  if (cells.length !== header.length)
    faults.push({
      line,
      column: 1,
      field: '',
      key: 'cellCount',
      params: { cells: cells.length, columns: header.length },
    });
  const text = (name: string): string => cells[header.indexOf(name)]?.trim() ?? '';
  const optional = (name: string): string | null => text(name) || null;
  const required = (name: string): string => {
    if (text(name) === '') fault(name, 'missing');
    return text(name);
  };
  const oneOf = <T extends string>(name: string, values: readonly T[]): T => {
    const value = required(name).toUpperCase();
    if (value !== '' && !values.includes(value as T))
      fault(name, 'unknownValue', { values: values.join(', ') });
    return value as T;
  };
  const number = (name: string): number | null => {
    if (text(name) === '') return null;
    if (!/^-?\d{1,3}(\.\d{1,15})?$/.test(text(name))) fault(name, 'number');
    return Number(text(name));
  };
  const entered: EnteredFacility = {
    code: required('code'),
    names: Object.fromEntries(
      header.filter(name => NAME.test(name) && text(name) !== '').map(name => [name.slice(5), text(name)]),
    ),
    category: oneOf('category', FACILITY_CATEGORIES),
    kind: oneOf('kind', FACILITY_KINDS),
    address: optional('address'),
    postalCode: optional('postal_code'),
    latitude: number('latitude'),
    longitude: number('longitude'),
    phone: optional('phone'),
    openingHours: optional('opening_hours'),
    services: text('services').split(/\s+/).filter(Boolean),
    active: oneOf('active', ['YES', 'NO']) === 'YES',
  };
  return { line, cells, code: entered.code, areaCode: required('area'), entered, faults };
}

const brokenRow = (fault: FileFault): FileRow => ({
  line: fault.line,
  cells: [],
  code: '',
  areaCode: '',
  entered: null,
  faults: [fault],
});

interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
}

function recordsOf(text: string): { records: CsvRecord[]; faults: FileFault[] } {
  const records: CsvRecord[] = [];
  const faults: FileFault[] = [];
  const tell = (error: CsvError | undefined, key: string): void => {
    const line = typeof error?.['lines'] === 'number' ? error['lines'] : 1;
    faults.push({ line, column: 1, field: '', key });
  };
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: 20_000,
      to: MAX_ROWS + 2,
      on_skip: error => {
        tell(error, 'quotes');
        return undefined;
      },
      on_record: (cells: string[], { lines }) => {
        // `lines` counts to the end of the record; a cell may hold line breaks.
        const breaks = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        records.push({ cells: cells.slice(0, MAX_CELLS), line: lines - breaks });
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
