import type { TableForm, TableRow } from '../../platform/tables';
import {
  FACILITY_CATEGORIES,
  FACILITY_KINDS,
  type EnteredFacility,
  type FacilityFault,
} from './facility-rules';

/** A register of facilities. A bigger one comes as several files. */
export const FACILITY_FORM: TableForm = {
  required: ['code', 'area', 'category', 'kind', 'active'],
  optional: ['address', 'postal_code', 'latitude', 'longitude', 'phone', 'opening_hours', 'services'],
  family: /^name:[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  mostRows: 10_000,
};

/** A facility's fields as the file calls them, where that differs. */
const COLUMN_OF: Record<string, string> = { postalCode: 'postal_code', openingHours: 'opening_hours' };

/** A facility as a row has it; its area goes by code. Whole only when nothing is found wrong with the row. */
export interface FacilityEntry {
  row: TableRow;
  areaCode: string;
  entered: EnteredFacility;
}

/** Reads a facility's row; what is wrong is added to the row. */
export function readFacility(row: TableRow): FacilityEntry {
  const entered: EnteredFacility = {
    code: row.required('code'),
    names: row.family(FACILITY_FORM),
    category: row.oneOf('category', FACILITY_CATEGORIES),
    kind: row.oneOf('kind', FACILITY_KINDS),
    address: row.optional('address'),
    postalCode: row.optional('postal_code'),
    latitude: row.decimal('latitude'),
    longitude: row.decimal('longitude'),
    phone: row.optional('phone'),
    openingHours: row.optional('opening_hours'),
    services: row.words('services'),
    active: row.oneOf('active', ['YES', 'NO']) === 'YES',
  };
  return { row, areaCode: row.required('area'), entered };
}

/** Adds what the country's own forms say against a facility to its row. */
export function addFaults(row: TableRow, faults: readonly FacilityFault[]): void {
  for (const { field, key, params } of faults) row.fault(COLUMN_OF[field] ?? field, key, params);
}
