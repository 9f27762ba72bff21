import type { CountryPack, PackArea, PackProduct } from './country-pack';
import { sheltered } from '../../platform/tables';

/** A file of a pack as text. */
export interface PackText {
  readonly name: string;
  readonly content: string;
}

/**
 * The files that say what a pack says: `readPack(filesOf(pack))` is the same pack again. So a draft that was edited by
 * verbs is checked by the reader of uploaded files, and can be taken away as files.
 */
export function filesOf(pack: CountryPack): PackText[] {
  const { profile, areas, products, schedule, priorityGroups, golden, texts, ...manifest } = pack;
  const languages = profile.languages.map(({ code }) => code);
  return [
    json('pack.json', { ...manifest, ...profile }),
    { name: 'areas.csv', content: areaTable(areas, languages) },
    { name: 'products.csv', content: productTable(products, languages) },
    json('schedule.json', schedule),
    json('priority-groups.json', { format: 'tikasetu.priority-groups/1', groups: priorityGroups }),
    json('golden.json', { format: 'tikasetu.golden-cases/1', cases: golden }),
    ...Object.entries(texts).map(([language, messages]) => json(`texts/${language}.json`, messages)),
  ];
}

const json = (name: string, value: unknown): PackText => ({
  name,
  content: `${JSON.stringify(value, null, 2)}\n`,
});

type Cell = string | number | null | undefined;

function areaTable(areas: readonly PackArea[], languages: readonly string[]): string {
  const header = ['code', 'parent', 'level', ...names(languages), 'lat', 'lon', 'postalPrefixes'];
  const rows = areas.map(({ code, parent, level, name, point, postalPrefixes }) => [
    code,
    parent,
    level,
    ...languages.map(language => name[language]),
    point?.latitude,
    point?.longitude,
    postalPrefixes.join(' '),
  ]);
  return table([header, ...rows]);
}

function productTable(products: readonly PackProduct[], languages: readonly string[]): string {
  const systems = [...new Set(products.flatMap(({ codes }) => Object.keys(codes)))];
  const header = [
    'code',
    'vaccine',
    ...names(languages),
    'route',
    'presentation',
    'doseMl',
    'dosesPerVial',
    'openVialHours',
    ...systems.map(system => `code:${system}`),
  ];
  const rows = products.map(product => [
    product.code,
    product.vaccine,
    ...languages.map(language => product.name[language]),
    product.route,
    product.presentation,
    product.doseMl,
    product.dosesPerVial,
    product.openVialHours,
    ...systems.map(system => product.codes[system]),
  ]);
  return table([header, ...rows]);
}

const names = (languages: readonly string[]): string[] => languages.map(language => `name:${language}`);

/** RFC 4180. */
const table = (rows: readonly (readonly Cell[])[]): string =>
  rows.map(row => `${row.map(cell => quoted(text(cell))).join(',')}\n`).join('');

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A number without an exponent, which the reader would not take. */
const text = (cell: Cell): string =>
  typeof cell === 'number' ? cell.toFixed(8).replace(/\.?0+$/, '') : sheltered(cell ?? '');
