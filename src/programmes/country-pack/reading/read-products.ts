import type { Schedule } from '../../../forecasting';
import type { PackManifest } from '../checking/check-shape';
import { PRESENTATIONS, ROUTES, type PackProduct } from '../country-pack';
import { readCsv, type CsvRow } from './csv-file';
import type { Faults } from '../pack-fault';
import { nameColumns, nameOf } from './read-names';

const CODE_COLUMN = 'code:';

/**
 * Reads `products.csv`. `schedule` undefined (it has faults of its own): vaccines can't be looked up, the rest is
 * checked.
 */
export function readProducts(
  text: string,
  manifest: PackManifest,
  schedule: Schedule | undefined,
  faults: Faults,
): PackProduct[] {
  const required = [
    'code',
    'vaccine',
    ...nameColumns(manifest),
    'route',
    'presentation',
    'doseMl',
    'dosesPerVial',
    'openVialHours',
  ];
  const rows = readCsv('products.csv', text, { required, optional: [], families: [CODE_COLUMN] }, faults);
  const seen = new Set<string>();
  return rows.map(row => {
    const code = row.text('code');
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(code)) row.fault('code', 'wrong-form', { code });
    if (seen.has(code)) row.fault('code', 'duplicate', { code });
    seen.add(code);
    return readProduct(row, manifest, schedule);
  });
}

function readProduct(row: CsvRow, manifest: PackManifest, schedule: Schedule | undefined): PackProduct {
  const vaccine = schedule?.vaccines.find(({ code }) => code === row.text('vaccine'));
  if (schedule && !vaccine) row.fault('vaccine', 'unknown-vaccine', { vaccine: row.text('vaccine') });
  const dosesPerVial = readNumber(row, 'dosesPerVial', /^[1-9]\d{0,2}$/) ?? 1;
  const openVialHours =
    row.text('openVialHours') === '' ? null : readNumber(row, 'openVialHours', /^[1-9]\d{0,3}$/);
  if (dosesPerVial > 1 !== (openVialHours !== null))
    row.fault('openVialHours', 'open-vial', { dosesPerVial });
  return {
    code: row.text('code'),
    vaccine: row.text('vaccine'),
    antigens: vaccine?.antigens.map(({ antigen }) => antigen) ?? [],
    name: nameOf(row, manifest),
    route: readOneOf(row, 'route', ROUTES),
    presentation: readOneOf(row, 'presentation', PRESENTATIONS),
    doseMl: row.text('doseMl') === '' ? null : readNumber(row, 'doseMl', /^\d{1,2}(\.\d{1,3})?$/),
    dosesPerVial,
    openVialHours,
    codes: readCodes(row),
  };
}

function readNumber(row: CsvRow, column: string, form: RegExp): number | null {
  const text = row.text(column);
  if (form.test(text)) return Number(text);
  row.fault(column, text === '' ? 'cell-empty' : 'wrong-form', { value: text });
  return null;
}

function readOneOf<T extends string>(row: CsvRow, column: string, values: readonly T[]): T {
  const found = values.find(value => value === row.text(column));
  if (found === undefined)
    row.fault(column, 'wrong-value', { value: row.text(column), allowed: values.join(', ') });
  return found ?? (row.text(column) as T);
}

function readCodes(row: CsvRow): Record<string, string> {
  return Object.fromEntries(
    row
      .columns()
      .filter(column => column.startsWith(CODE_COLUMN) && row.text(column) !== '')
      .map(column => [column.slice(CODE_COLUMN.length), row.text(column)]),
  );
}
