import {
  eventHash,
  namespacesOf,
  readXmlDocument,
  validateDocument,
  validateQuery,
} from '../../../src/codecs/epcis';
import { filesIn, foldersIn, jsonOf, textOf } from './data';

type Json = Record<string, unknown>;

const corpus = ['epcis', 'corpus'];
const vectors = ['epcis', 'hash-vectors'];
const equal = [...vectors, 'expected_equal'];

/** The files of one set of the corpus. */
export const documentsOf = (set: string) => filesIn('.json', ...corpus, set);
export const documentOf = (set: string, file: string) => jsonOf(...corpus, set, file) as Json;

/**
 * What is wrong with our verdict on a document that must be accepted, or refused; null when right. With `within`, the
 * refusal must name a place in the event of that index.
 */
export function verdictFault(set: string, file: string, isValid: boolean, within = ''): string | null {
  const faults = validateDocument(documentOf(set, file));
  if (isValid) return faults.length === 0 ? null : `${file}: ${JSON.stringify(faults[0])}`;
  const isThere = faults.some(({ at }) => `${at}/`.includes(within && `eventList${within}/`));
  return isThere ? null : `${file}: ${JSON.stringify(faults[0] ?? 'accepted')}`;
}

/** As {@link verdictFault}, for a query. */
export function queryFault(set: string, file: string, isValid: boolean): string | null {
  const faults = validateQuery(jsonOf(...corpus, set, file));
  return (faults.length === 0) === isValid ? null : `${file}: ${JSON.stringify(faults[0] ?? 'accepted')}`;
}

export interface HashCase {
  set: string;
  id: string;
  index: number;
  hash: string;
}

export function hashCases(): HashCase[] {
  if (filesIn('EVENT_HASHES.tsv', ...corpus).length === 0) return [];
  const rows = textOf(...corpus, 'EVENT_HASHES.tsv')
    .trim()
    .split('\n')
    .slice(1);
  return rows.map(row => {
    const [set = '', id = '', index, hash = ''] = row.trimEnd().split('\t');
    return { set, id, index: Number(index), hash };
  });
}

export function eventsOf(document: Json): Json[] {
  const body = (document.epcisBody ?? {}) as {
    eventList?: Json[];
    queryResults?: { resultsBody: { eventList: Json[] } };
  };
  return body.eventList ?? body.queryResults?.resultsBody.eventList ?? [document];
}

const ignoredBy = (document: Json) =>
  Object.entries(document).flatMap(([name, value]) =>
    name.endsWith(':ignoreFields') ? (value as string[]) : [],
  );

const hashOf = (document: Json, index: number, namespaces = namespacesOf(document['@context'])) =>
  eventHash(eventsOf(document)[index]!, namespaces, ignoredBy(document));

/** How our hash of an event stands to the given one. */
export type HashVerdict = 'equal' | 'different' | 'equal by a borrowed prefix' | 'borrows a prefix';

/**
 * The tool that made the given hashes keeps the prefixes of each document for those after it. An event that uses a prefix
 * which its own document does not define thus has a hash there that depends on what was read before: it has none of its
 * own to be compared with, only that by a namespace which another document gives the prefix. `prefixes` are all that the
 * corpus defines.
 */
export function hashVerdict({ set, id, index, hash }: HashCase, prefixes: Prefixes): HashVerdict {
  const document = documentOf(set, `${id}.json`);
  const own = namespacesOf(document['@context']);
  const isHash = (namespaces: typeof own): boolean => hashOf(document, index, namespaces) === hash;
  if (isHash(own)) return 'equal';
  const values = JSON.stringify(eventsOf(document)[index]).matchAll(/"([\w-]+):\w+"(?!:)/g);
  const borrowed = [...values]
    .map(([, prefix = '']) => prefix)
    .find(one => prefixes.has(one) && !own.has(one));
  if (borrowed === undefined) return 'different';
  const lent = [...prefixes.get(borrowed)!].map(namespace => new Map([...own, [borrowed, namespace]]));
  return lent.some(isHash) ? 'equal by a borrowed prefix' : 'borrows a prefix';
}

/** Namespaces by prefix. */
type Prefixes = ReadonlyMap<string, ReadonlySet<string>>;

/** Every prefix that some document of the corpus defines, with all that it stands for in one or another. */
export function prefixesOfCorpus(): Prefixes {
  const sets = ['valid', 'valid-mutants'];
  const documents = sets.flatMap(set => documentsOf(set).map(file => documentOf(set, file)));
  const prefixes = new Map<string, Set<string>>();
  for (const [prefix, namespace] of documents.flatMap(one => [...namespacesOf(one['@context'])]))
    prefixes.set(prefix, (prefixes.get(prefix) ?? new Set()).add(namespace));
  return prefixes;
}

/** Every published document, in JSON or XML, that has hashes beside it, as a path. */
export const published = (): string[][] =>
  foldersIn(...vectors)
    .filter(set => set !== 'expected_equal')
    .flatMap(set => documentsIn(...vectors, set))
    .filter(path => hashesOf(path).length > 0);

/** What differs between a published document's hashes and ours; null for nothing. */
export function publishedFault(path: readonly string[]): string | null {
  const document = documentAt(path);
  const given = hashesOf(path);
  const wrong = eventsOf(document).flatMap((_, index) =>
    hashOf(document, index) === given[index] ? [] : [index],
  );
  return wrong.length > 0 ? `${path.at(-1)}: ${wrong.join()}` : null;
}

function hashesOf(path: readonly string[]): string[] {
  const [folder, file] = [path.slice(0, -1), path.at(-1)!.replace(/\.\w+$/, '.hashes')];
  return filesIn('.hashes', ...folder).includes(file)
    ? textOf(...folder, file)
        .trim()
        .split(/\r?\n/)
    : [];
}

/** The documents whose events must all hash alike, as paths. */
export const families = (): string[][] => documentsIn(...equal);

/** That not all events of a document hash alike; null when they do. */
export function familyFault(path: readonly string[]): string | null {
  const document = documentAt(path);
  const hashes = new Set(eventsOf(document).map((_, index) => hashOf(document, index)));
  return hashes.size === 1 ? null : `${path.at(-1)}: ${hashes.size} hashes`;
}

const documentsIn = (...folder: string[]): string[][] =>
  ['.json', '.jsonld', '.xml'].flatMap(ending => filesIn(ending, ...folder).map(name => [...folder, name]));

function documentAt(path: readonly string[]): Json {
  if (!path.at(-1)!.endsWith('.xml')) return jsonOf(...path) as Json;
  const document = readXmlDocument(textOf(...path));
  if (!document) throw new Error(`${path.at(-1)} was not read`);
  return asToolReads(document);
}

/**
 * Truth values as GS1's tool has them from XML, as they stand; from JSON it writes them with a capital. To us they are the
 * same in both.
 */
const asToolReads = (document: Json): Json =>
  JSON.parse(JSON.stringify(document), (_name, value: unknown) =>
    typeof value === 'boolean' ? String(value) : value,
  ) as Json;
