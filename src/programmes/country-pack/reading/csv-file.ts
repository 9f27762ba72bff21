import { CsvError, parse } from 'csv-parse/sync';
import type { Faults, Place, PackFaultCode } from '../pack-fault';
import { unsheltered } from '../../../platform/tables';

const MAX_ROWS = 200_000;

/** One row of a table: its cells by column name, and how to say what is wrong with one. */
export class CsvRow {
  constructor(
    private readonly file: string,
    private readonly line: number,
    private readonly cells: ReadonlyMap<string, { readonly text: string; readonly column: number }>,
    private readonly faults: Faults,
  ) {}

  /** Trimmed; empty where the column is missing. */
  text(column: string): string {
    return this.cells.get(column)?.text ?? '';
  }

  columns(): string[] {
    return [...this.cells.keys()];
  }

  place(column: string): Place {
    return { line: this.line, column: this.cells.get(column)?.column ?? 1 };
  }

  fault(column: string, code: PackFaultCode, params: Record<string, string | number> = {}): void {
    this.faults.add(this.file, this.place(column), `${this.text('code')}.${column}`, code, params);
  }
}

/**
 * The columns a table may have. `families` are prefixes of columns that stand once for each of many things, e.g.
 * `code:`.
 */
export interface TableForm {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly families: readonly string[];
}

/** Reads a CSV table (RFC 4180, a header line first). Every fault of form is added; rows that have one are left out. */
export function readCsv(file: string, text: string, form: TableForm, faults: Faults): CsvRow[] {
  const records = recordsOf(file, text, faults);
  const [header, ...rows] = records;
  if (!header) {
    faults.add(file, { line: 1, column: 1 }, '', 'column-missing', { column: form.required.join(', ') });
    return [];
  }
  const columns = header.cells.map(cell => cell.trim());
  checkColumns(file, columns, header.line, form, faults);
  return rows.flatMap(({ cells, line }) => {
    if (cells.length !== columns.length) {
      const params = { cells: cells.length, columns: columns.length };
      faults.add(file, { line, column: Math.min(cells.length, columns.length) }, '', 'cell-count', params);
      return [];
    }
    const named = columns.map(
      (name, i) => [name, { text: unsheltered((cells[i] ?? '').trim()), column: i + 1 }] as const,
    );
    return [new CsvRow(file, line, new Map(named), faults)];
  });
}

function checkColumns(file: string, columns: string[], line: number, form: TableForm, faults: Faults): void {
  const known = new Set([...form.required, ...form.optional]);
  columns.forEach((column, i) => {
    const place = { line, column: i + 1 };
    if (columns.indexOf(column) < i) faults.add(file, place, '', 'column-repeated', { column });
    else if (!known.has(column) && !form.families.some(family => column.startsWith(family)))
      faults.add(file, place, '', 'column-unknown', { column });
  });
  for (const column of form.required) {
    if (!columns.includes(column)) faults.add(file, { line, column: 1 }, '', 'column-missing', { column });
  }
}

interface CsvRecord {
  readonly cells: string[];
  readonly line: number;
}

function recordsOf(file: string, text: string, faults: Faults): CsvRecord[] {
  const records: CsvRecord[] = [];
  let end = 0;
  const add = (error: CsvError | undefined): undefined => {
    // A quote that is never closed is noticed only at the end of the file: the row it stands in is what helps.
    const line = end + 1;
    end = Math.max(end, typeof error?.['lines'] === 'number' ? error['lines'] : 0);
    const column = typeof error?.['column'] === 'number' ? error['column'] + 1 : 1;
    faults.add(file, { line, column }, '', 'csv-syntax', { detail: error?.code ?? 'unknown' });
  };
  try {
    parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      to: MAX_ROWS + 1,
      on_skip: add,
      // `lines` counts to the end of the record; a cell may hold line breaks.
      on_record: (cells: string[], { lines }) => {
        const breaks = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        end = lines;
        records.push({ cells, line: lines - breaks });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    add(error);
  }
  if (records.length > MAX_ROWS)
    faults.add(file, { line: MAX_ROWS, column: 1 }, '', 'too-many-rows', { limit: MAX_ROWS });
  return records;
}
