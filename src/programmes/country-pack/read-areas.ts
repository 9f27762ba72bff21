import type { PackArea } from './country-pack';
import { readCsv, type CsvRow } from './csv-file';
import type { Faults } from './pack-fault';
import type { PackManifest } from './check-shape';
import { nameOf, nameColumns } from './read-names';

/** Reads `areas.csv`: `code,parent,level,name:<language>…` and, where known, `lat,lon,postalPrefixes`. */
export function readAreas(text: string, manifest: PackManifest, faults: Faults): PackArea[] {
  const required = ['code', 'parent', 'level', ...nameColumns(manifest)];
  const form = { required, optional: ['lat', 'lon', 'postalPrefixes'], families: [] };
  const rows = readCsv('areas.csv', text, form, faults);
  const areas = rows.map(row => readArea(row, manifest));
  checkTree(rows, areas, manifest);
  return areas;
}

function readArea(row: CsvRow, manifest: PackManifest): PackArea {
  const level = row.text('level');
  if (!manifest.areaLevels.some(({ code }) => code === level)) row.fault('level', 'level-unknown', { level });
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(row.text('code')))
    row.fault('code', 'wrong-form', { code: row.text('code') });
  return {
    code: row.text('code'),
    parent: row.text('parent') || null,
    level,
    name: nameOf(row, manifest),
    point: readPoint(row),
    postalPrefixes: readPrefixes(row),
  };
}

const DEGREES = /^-?\d{1,3}(\.\d{1,8})?$/;

function readPoint(row: CsvRow): PackArea['point'] {
  const [lat, lon] = [row.text('lat'), row.text('lon')];
  if (lat === '' && lon === '') return null;
  if (lat === '' || lon === '') row.fault(lat === '' ? 'lat' : 'lon', 'coordinates-incomplete');
  const [latitude, longitude] = [Number(lat), Number(lon)];
  if (lat !== '' && (!DEGREES.test(lat) || Math.abs(latitude) > 90))
    row.fault('lat', 'wrong-form', { latitude: lat });
  if (lon !== '' && (!DEGREES.test(lon) || Math.abs(longitude) > 180))
    row.fault('lon', 'wrong-form', { longitude: lon });
  return { latitude, longitude };
}

function readPrefixes(row: CsvRow): string[] {
  const prefixes = row.text('postalPrefixes').split(/\s+/).filter(Boolean);
  const bad = prefixes.find(prefix => !/^[A-Z0-9-]{1,12}$/.test(prefix));
  if (bad !== undefined) row.fault('postalPrefixes', 'wrong-form', { prefix: bad });
  return prefixes;
}

function checkTree(rows: readonly CsvRow[], areas: readonly PackArea[], manifest: PackManifest): void {
  const depth = new Map(manifest.areaLevels.map(({ code }, i) => [code, i]));
  const byCode = new Map<string, PackArea>();
  areas.forEach((area, i) => {
    if (byCode.has(area.code)) rows[i]?.fault('code', 'duplicate', { code: area.code });
    else byCode.set(area.code, area);
  });
  const sound = new Set<string>();
  areas.forEach((area, i) => {
    if (area.parent === null) return;
    const parent = byCode.get(area.parent);
    if (!parent) rows[i]?.fault('parent', 'parent-unknown', { parent: area.parent });
    else if (liesWithinItself(area, byCode, sound))
      rows[i]?.fault('parent', 'parent-cycle', { parent: area.parent });
    else if ((depth.get(parent.level) ?? -1) >= (depth.get(area.level) ?? Infinity))
      rows[i]?.fault('level', 'level-order', { level: area.level, parentLevel: parent.level });
  });
}

/** Climbs from an area; every area on a way that ended well is remembered, so that the whole table is climbed once. */
function liesWithinItself(
  area: PackArea,
  byCode: ReadonlyMap<string, PackArea>,
  sound: Set<string>,
): boolean {
  const way = new Set<string>();
  for (let at: PackArea | undefined = area; at && !sound.has(at.code);) {
    if (way.has(at.code)) return true;
    way.add(at.code);
    at = at.parent === null ? undefined : byCode.get(at.parent);
  }
  way.forEach(code => sound.add(code));
  return false;
}
