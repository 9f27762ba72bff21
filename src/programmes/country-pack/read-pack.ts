import { checkGolden, checkPriorityGroups } from './checking/check-groups-and-cases';
import { checkManifest } from './checking/check-manifest';
import {
  asGolden,
  asManifest,
  asPriorityGroups,
  asSchedule,
  asTexts,
  type PackManifest,
} from './checking/check-shape';
import { checkStorage } from './checking/check-storage';
import { checkSupplies } from './checking/check-supplies';
import { checkTemplates } from './checking/check-templates';
import { checkTranslations } from './checking/check-translations';
import type { CountryPack } from './country-pack';
import { JsonFile, LineIndex } from './reading/json-file';
import { Faults, type PackFault } from './pack-fault';
import { readAreas } from './reading/read-areas';
import { readProducts } from './reading/read-products';
import { checkTexts } from './reading/read-texts';

/** A file of a pack: its name within the pack (`texts/en.json`) and what it holds, as text or as bytes. */
export interface PackFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** The whole pack, or everything that is wrong with it; never a part. */
export type PackReading =
  | { readonly pack: CountryPack; readonly faults?: undefined }
  | {
      readonly pack?: undefined;
      /** The first thousand, by file and line. */
      readonly faults: readonly PackFault[];
      /** How many there are beyond those. */
      readonly more: number;
    };

const JSON_FILES = ['pack.json', 'schedule.json', 'priority-groups.json', 'golden.json'] as const;
const TABLES = ['areas.csv', 'products.csv'] as const;
const TEXTS = /^texts\/([A-Za-z0-9-]{2,35})\.json$/;
const MAX_FILES = 64;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads and checks a country pack. Nothing is defaulted and nothing thrown: whatever the bytes are, the answer is the
 * pack or its faults, those of every file at once. What a file needs from one that has faults itself is not checked.
 */
export function readPack(files: readonly PackFile[]): PackReading {
  const faults = new Faults();
  const texts = textsOf(files, faults);
  const json = (name: string): JsonFile | undefined => {
    const text = texts.get(name);
    return text === undefined ? undefined : JsonFile.read(name, text, faults);
  };

  const manifestFile = json('pack.json');
  const manifest = manifestFile && asManifest(manifestFile, faults);
  const scheduleFile = json('schedule.json');
  const schedule = scheduleFile && asSchedule(scheduleFile, faults);
  const groupsFile = json('priority-groups.json');
  const groups = groupsFile && asPriorityGroups(groupsFile, faults)?.groups;
  const goldenFile = json('golden.json');
  const golden = goldenFile && asGolden(goldenFile, faults)?.cases;
  if (goldenFile && golden) checkGolden(goldenFile, golden, schedule, faults);
  if (!manifestFile || !manifest) return failed(faults);

  checkManifest(manifestFile, manifest, faults);
  for (const file of [manifestFile, scheduleFile, groupsFile]) {
    if (file) checkTranslations(file, manifest, faults);
  }
  checkTemplates(manifestFile, manifest, schedule, faults);
  checkStorage(manifestFile, manifest, schedule, faults);
  if (groupsFile && groups) checkPriorityGroups(groupsFile, groups, manifest, schedule, faults);
  const areas = readAreas(texts.get('areas.csv') ?? '', manifest, faults);
  const products = readProducts(texts.get('products.csv') ?? '', manifest, schedule, faults);
  checkSupplies(manifestFile, manifest, products, faults);
  const messages = readMessages(texts, manifest, faults);
  if (!faults.none() || !schedule || !groups || !golden) return failed(faults);

  const { format, version, sources, consentPurposes, offline, observation, ...others } = manifest;
  const { certificateTemplates, certificateDetails, storage, supplies, ...rest } = others;
  const { ['$schema']: _, ...profile } = rest as typeof rest & { $schema?: string };
  return {
    pack: {
      format,
      version,
      sources,
      profile,
      consentPurposes,
      ...(offline ? { offline } : {}),
      ...(observation ? { observation } : {}),
      ...(certificateTemplates ? { certificateTemplates } : {}),
      ...(certificateDetails ? { certificateDetails } : {}),
      ...(storage ? { storage } : {}),
      ...(supplies ? { supplies } : {}),
      areas,
      products,
      schedule,
      priorityGroups: groups,
      texts: messages,
      golden,
    },
  };
}

const failed = (faults: Faults): PackReading => ({ faults: faults.all(), more: faults.more() });

const START = { line: 1, column: 1 };

/** The files as text, by name; and a fault for each that is missing, unknown, repeated, too big or not text. */
function textsOf(files: readonly PackFile[], faults: Faults): Map<string, string> {
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  if (files.length > MAX_FILES) faults.add('', START, '', 'too-many-files', { limit: MAX_FILES });
  for (const { name, content } of files.slice(0, MAX_FILES)) {
    const known = [...JSON_FILES, ...TABLES].some(file => file === name) || TEXTS.test(name);
    if (!known) faults.add(name.slice(0, 200), START, '', 'file-unknown', { file: name });
    else if (seen.has(name)) faults.add(name, START, '', 'file-repeated', { file: name });
    else if (content.length > MAX_BYTES) faults.add(name, START, '', 'file-too-big', { limit: MAX_BYTES });
    else {
      const text = textOf(name, content, faults);
      if (text !== undefined) texts.set(name, text);
    }
    seen.add(name);
  }
  for (const name of [...JSON_FILES, ...TABLES]) {
    if (!seen.has(name)) faults.add(name, START, '', 'file-missing', { file: name });
  }
  return texts;
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** UTF-8, with or without a byte order mark; lines end in LF or CRLF, as each editor likes. */
function textOf(name: string, content: string | Uint8Array, faults: Faults): string | undefined {
  let text: string;
  try {
    text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    faults.add(name, START, '', 'not-text');
    return undefined;
  }
  if (/\p{Surrogate}/u.test(text)) {
    faults.add(name, START, '', 'not-text');
    return undefined;
  }
  text = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const control = CONTROL.exec(text);
  if (!control) return text;
  const character = `U+${control[0].charCodeAt(0).toString(16).padStart(4, '0')}`;
  faults.add(name, new LineIndex(text).placeOf(control.index), '', 'control-character', { character });
  return undefined;
}

/** One file of texts for each language of the pack, and none for another. */
function readMessages(
  texts: ReadonlyMap<string, string>,
  manifest: PackManifest,
  faults: Faults,
): Record<string, Record<string, string>> {
  const messages: Record<string, Record<string, string>> = {};
  for (const { code } of manifest.languages) {
    const name = `texts/${code}.json`;
    if (!texts.has(name)) faults.add(name, START, '', 'file-missing', { file: name });
  }
  for (const [name, text] of texts) {
    const language = TEXTS.exec(name)?.[1];
    if (language === undefined) continue;
    if (!manifest.languages.some(({ code }) => code === language)) {
      faults.add(name, START, '', 'language-undeclared', { language });
      continue;
    }
    const file = JsonFile.read(name, text, faults);
    const values = file && asTexts(file, faults);
    if (!file || !values) continue;
    checkTexts(file, values, language, faults);
    messages[language] = values;
  }
  return messages;
}
