import { parseBracketed } from '../../codecs/gs1';
import type { TemperatureClass } from '../../common';

export const EQUIPMENT_KINDS = [
  'COLD_ROOM',
  'FREEZER_ROOM',
  'REFRIGERATOR',
  'FREEZER',
  'REFRIGERATOR_FREEZER',
  'ULTRA_COLD_FREEZER',
  'COLD_BOX',
  'VACCINE_CARRIER',
  'REFRIGERATED_VEHICLE',
] as const;
export type EquipmentKind = (typeof EQUIPMENT_KINDS)[number];

export const EQUIPMENT_STATES = ['WORKING', 'FAILED', 'UNDER_REPAIR', 'RETIRED'] as const;
export type EquipmentState = (typeof EQUIPMENT_STATES)[number];

/** What a place has to keep things cold with. */
export interface EquipmentDetails {
  kind: EquipmentKind;
  /** WHO PQS catalogue number; null for what WHO has not prequalified. */
  pqsCode: string | null;
  manufacturer: string;
  model: string;
  serial: string;
  /** GS1 keys without their application identifiers (8003, 8004). */
  grai: string | null;
  giai: string | null;
  capacities: readonly Capacity[];
}

/** How much it holds at one temperature. */
export interface Capacity {
  temperature: TemperatureClass;
  /** Net vaccine storage, litres. */
  litres: number;
}

/** Where the details are wrong, and how; a text of `cold-chain.invalid`. */
export interface EquipmentFault {
  field: 'pqsCode' | 'grai' | 'giai' | 'capacities';
  why: 'pqsCode' | 'pqsKind' | 'grai' | 'giai' | 'capacityTwice' | 'capacityNone';
}

/** The category of the WHO PQS catalogue that holds each kind. */
const PQS_CATEGORIES: Readonly<Record<EquipmentKind, string>> = {
  COLD_ROOM: 'E001',
  FREEZER_ROOM: 'E001',
  REFRIGERATOR: 'E003',
  FREEZER: 'E003',
  REFRIGERATOR_FREEZER: 'E003',
  ULTRA_COLD_FREEZER: 'E003',
  COLD_BOX: 'E004',
  VACCINE_CARRIER: 'E004',
  REFRIGERATED_VEHICLE: 'E002',
};

/** What is wrong with details, the first thing; null when nothing is. */
export function equipmentFault(details: EquipmentDetails): EquipmentFault | null {
  const { kind, pqsCode, grai, giai, capacities } = details;
  if (pqsCode !== null) {
    const category = /^(E\d{3})\/\d{2,3}(-[A-Z0-9]{1,8})?$/.exec(pqsCode)?.[1];
    if (!category) return { field: 'pqsCode', why: 'pqsCode' };
    if (PQS_CATEGORIES[kind] !== category) return { field: 'pqsCode', why: 'pqsKind' };
  }
  if (grai !== null && !isKey('8003', grai)) return { field: 'grai', why: 'grai' };
  if (giai !== null && !isKey('8004', giai)) return { field: 'giai', why: 'giai' };
  if (capacities.length === 0) return { field: 'capacities', why: 'capacityNone' };
  if (new Set(capacities.map(({ temperature }) => temperature)).size < capacities.length)
    return { field: 'capacities', why: 'capacityTwice' };
  return null;
}

/** Whether a text is a GS1 key of this application identifier, by its length, characters and check digit. */
const isKey = (ai: string, text: string): boolean =>
  /^[\x21-\x7e]{1,30}$/.test(text) && parseBracketed(`(${ai})${text.replaceAll('(', '\\(')}`).ok;
