import { TEMPERATURE_CLASSES, type TemperatureClass } from '../../common';
import type { CountryProfile, TextByLanguage } from '../../localisation';
import type { TableForm, TableRow } from '../../platform/tables';
import { minuteOfWeek, type OpeningHours } from './week-rules';

/** What must be kept at what temperature travels only by legs of the same class. */
export type { TemperatureClass };

const LONGEST = { code: 40, level: 40, mode: 20, name: 200, services: 200, handling: 7 * 24 * 60 };
/** Eight weeks by sea: what a timetable takes (`compileTimetable`). */
const LONGEST_LEG = 8 * 7 * 24 * 60;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/;
const LEVEL = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export const HUB_FORM: TableForm = {
  required: ['code', 'level', 'area', 'handling_minutes', 'open_days', 'opens', 'closes'],
  optional: ['parent', 'facility', 'serves', 'latitude', 'longitude'],
  family: /^name:[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  mostRows: 20_000,
};

export const LEG_FORM: TableForm = {
  required: ['from', 'to', 'day', 'departs', 'minutes', 'mode', 'temperature', 'active'],
  optional: ['capacity_kg'],
  mostRows: 60_000,
};

/** A hub as a file has it: everything else it names goes by code. */
export interface EnteredHub extends OpeningHours {
  code: string;
  level: string;
  names: TextByLanguage;
  parentCode: string | null;
  areaCode: string;
  facilityCode: string | null;
  serves: string[];
  latitude: number | null;
  longitude: number | null;
  handlingMinutes: number;
}

/** A weekly departure as a file has it. `departs` is its minute of the week. */
export interface EnteredLeg {
  fromCode: string;
  toCode: string;
  departs: number;
  minutes: number;
  mode: string;
  temperature: TemperatureClass;
  capacityKg: number | null;
  active: boolean;
}

/** Where a hub is, as permissions are checked: in its areas, and at the place whose door it is. */
export const placeOf = ({
  areaIds,
  facilityId,
}: {
  areaIds: readonly string[];
  facilityId: string | null;
}) => (facilityId === null ? { areaIds } : { areaIds, facilityId });

/** Reads a hub's row; what is wrong is added to the row. Whole only when nothing is. */
export function readHub(row: TableRow, profile: CountryProfile): EnteredHub {
  const [latitude, longitude] = [degrees(row, 'latitude', 90), degrees(row, 'longitude', 180)];
  if ((latitude === null) !== (longitude === null)) row.fault('latitude', 'halfPoint');
  const [opens, closes] = [row.time('opens'), row.time('closes')];
  if (opens >= closes) row.fault('closes', 'hours');
  const serves = row.words('serves');
  if (serves.length > LONGEST.services) row.fault('serves', 'tooMany', { most: LONGEST.services });
  return {
    code: inForm(row, 'code', CODE, 'code'),
    level: inForm(row, 'level', LEVEL, 'word'),
    names: namesOf(row, profile),
    parentCode: row.optional('parent'),
    areaCode: row.required('area'),
    facilityCode: row.optional('facility'),
    serves,
    latitude,
    longitude,
    handlingMinutes: row.whole('handling_minutes', 0, LONGEST.handling),
    openDays: daysOf(row),
    opens,
    closes,
  };
}

/** As {@link readHub}, of a departure. */
export function readLeg(row: TableRow): EnteredLeg {
  const [fromCode, toCode] = [row.required('from'), row.required('to')];
  if (fromCode !== '' && fromCode === toCode) row.fault('to', 'sameHub');
  const [day, time] = [row.whole('day', 1, 7), row.time('departs')];
  return {
    fromCode,
    toCode,
    departs: minuteOfWeek(day, time),
    minutes: row.whole('minutes', 1, LONGEST_LEG),
    mode: inForm(row, 'mode', LEVEL, 'word'),
    temperature: row.oneOf('temperature', TEMPERATURE_CLASSES),
    capacityKg: row.text('capacity_kg') === '' ? null : row.whole('capacity_kg', 1, 999_999),
    active: row.oneOf('active', ['YES', 'NO']) === 'YES',
  };
}

function degrees(row: TableRow, field: string, most: number): number | null {
  const value = row.decimal(field);
  if (value !== null && Math.abs(value) > most) row.fault(field, 'degrees', { most });
  return value;
}

function inForm(row: TableRow, field: string, form: RegExp, key: string): string {
  const text = row.required(field);
  if (!form.test(text) || text.length > LONGEST.code) row.fault(field, key);
  return text;
}

function namesOf(row: TableRow, { languages, defaultLanguage }: CountryProfile): TextByLanguage {
  const names = row.family(HUB_FORM);
  const known = languages.map(({ code }) => code);
  if (!names[defaultLanguage]) row.fault(`name:${defaultLanguage}`, 'missing');
  for (const [language, name] of Object.entries(names)) {
    if (!known.includes(language)) row.fault(`name:${language}`, 'language', { languages: known.join(', ') });
    if (name.length > LONGEST.name) row.fault(`name:${language}`, 'tooLong', { most: LONGEST.name });
  }
  return names;
}

/** `1-6`, `1 3 5` or both: 1 is Monday, 7 Sunday (ISO 8601). */
function daysOf(row: TableRow): number[] {
  const days = new Set<number>();
  row.required('open_days');
  for (const word of row.words('open_days')) {
    const [, from, to = from] = /^([1-7])(?:-([1-7]))?$/.exec(word) ?? [];
    if (!from || Number(to) < Number(from)) row.fault('open_days', 'days');
    else for (let day = Number(from); day <= Number(to); day++) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}
