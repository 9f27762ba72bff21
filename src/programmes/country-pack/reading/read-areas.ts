import type { PackArea } from '../country-pack';
import { readCsv, type CsvRow } from './csv-file';
import type { Faults } from '../pack-fault';
import type { PackManifest } from '../checking/check-shape';
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
  const climbed = new Map<string, boolean>();
  areas.forEach((area, i) => {
    if (area.parent === null) return;
    const parent = byCode.get(area.parent);
    if (!parent) rows[i]?.fault('parent', 'parent-unknown', { parent: area.parent });
    else if (liesWithinItself(area, byCode, climbed))
      rows[i]?.fault('parent', 'parent-cycle', { parent: area.parent });
    else if ((depth.get(parent.level) ?? -1) >= (depth.get(area.level) ?? Infinity))
      rows[i]?.fault('level', 'level-order', { level: area.level, parentLevel: parent.level });
  });
}

/** Climbs from an area; how each climb ended is remembered for every area on the way, so that none is climbed twice. */
function liesWithinItself(
  area: PackArea,
  byCode: ReadonlyMap<string, PackArea>,
  climbed: Map<string, boolean>,
): boolean {
  const way = new Set<string>();
  let at: PackArea | undefined = area;
  while (at && !climbed.has(at.code) && !way.has(at.code)) {
    way.add(at.code);
    at = at.parent === null ? undefined : byCode.get(at.parent);
  }
  const endless = at !== undefined && (climbed.get(at.code) ?? true);
  way.forEach(code => climbed.set(code, endless));
  return climbed.get(area.code) ?? endless;
}
