import jsonld from 'jsonld';
import rdfCanonize from 'rdf-canonize';
import { CodecFault } from '../verdict';
import { credentialsV2 } from './credentials-v2';

/** JSON-LD contexts by their address. Nothing is ever fetched: one that is not here is not known. */
export type Contexts = ReadonlyMap<string, object>;

/** The contexts a certificate of ours needs. */
export const credentialContexts: Contexts = new Map([
  ['https://www.w3.org/ns/credentials/v2', credentialsV2],
]);

/** How a set of statements is canonicalised. */
export interface CanonicalOptions {
  /** SHA-256 unless said otherwise. */
  hash?: 'SHA256' | 'SHA384';
  /** Filled with the canonical name of every blank node. */
  names?: Map<string, string>;
}

/**
 * Certificates name nearly all their nodes; nodes that look alike may be compared so many times. Bounded by a number
 * and not by how many nodes there are: a ring of four hundred that look alike would be compared for a quarter of a
 * minute.
 */
const maxDeepIterations = 1_000;
/**
 * Orders of nodes that look alike may be tried so many times. Counted and not timed: what is believed must not depend on
 * how busy the machine is that reads it. W3C's own poison graphs take at most two hundred.
 */
const maxOrdersTried = 3000;
/** A certificate has a hundred values; contexts, which are applied to each, are bounded by that too. */
const maxValues = 5000;

/**
 * RDF statements (N-Quads) in canonical form: RDFC-1.0 (W3C RDF Dataset Canonicalization). Throws a `json-ld` fault for
 * what is no N-Quads, and for a graph made to be compared for ever ("poison", section 7.1).
 */
export function canonicalStatements(statements: string, options: CanonicalOptions = {}): Promise<string> {
  return canonical(statements, options);
}

/**
 * A JSON-LD document as canonical N-Quads. Throws a `json-ld` fault when it uses a context that is not among `contexts`
 * and for a graph no certificate has, `unsigned` when a field of it has no meaning and would be left out of what is signed.
 */
export async function canonicalDocument(document: object, contexts: Contexts): Promise<string> {
  mustBeModest(document);
  const statements = await meaning(() =>
    jsonld.toRDF(document, { ...strict, documentLoader: loader(contexts) }),
  );
  return canonical(statements, {});
}

/** A JSON-LD document with every field under its full address. Throws as {@link canonicalDocument} does. */
export function expanded(document: object, contexts: Contexts): Promise<unknown[]> {
  mustBeModest(document);
  return meaning(() => jsonld.expand(document, { ...strict, documentLoader: loader(contexts) }));
}

/** Text directions are kept as VC Data Integrity's own libraries do; everything that would be dropped is an error. */
const strict = { base: null, safe: true, rdfDirection: 'i18n-datatype' } as const;

async function canonical(dataset: string | object[], { hash = 'SHA256', names }: CanonicalOptions) {
  return meaning(() =>
    rdfCanonize.canonize(dataset, {
      algorithm: 'RDFC-1.0',
      ...(typeof dataset === 'string' && { inputFormat: 'application/n-quads' }),
      messageDigestAlgorithm: hash,
      canonicalIdMap: names,
      maxDeepIterations,
      signal: afterOrdersTried(maxOrdersTried),
    }),
  );
}

/** The library reads its signal at every third order it tries, so that reading it is counting. */
function afterOrdersTried(most: number): { readonly aborted: boolean; readonly reason: string } {
  let tried = 0;
  return {
    get aborted() {
      tried += 3;
      return tried > most;
    },
    reason: 'too many orders',
  };
}

function loader(contexts: Contexts) {
  return async (url: string) => {
    const document = contexts.get(url);
    if (!document) throw new Error('context not known');
    // What is marked so is kept by its address, worked through, for every later document: only where it is the one and only
    const tag = document === credentialsV2 ? ('static' as const) : undefined;
    return { contextUrl: null, documentUrl: url, document, tag };
  };
}

/** The libraries' messages quote the document, so none is passed on; their validation is of what would be left out. */
async function meaning<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CodecFault((error as Error).name === 'jsonld.ValidationError' ? 'unsigned' : 'json-ld');
  }
}

function mustBeModest(document: object): void {
  const waiting: unknown[] = [document];
  let seen = 0;
  while (waiting.length > 0) {
    if (++seen > maxValues) throw new CodecFault('json-ld', 'too many values');
    const value = waiting.pop();
    if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value)) waiting.push(inner);
  }
}
