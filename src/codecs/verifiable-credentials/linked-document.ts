import { expanded, type Contexts } from '../json-ld';
import { CodecFault } from '../verdict';

/** What the first context of every credential and presentation is (VC 2.0 section 4.3). */
export const baseContext = 'https://www.w3.org/ns/credentials/v2';

/** An address with its scheme (RFC 3986); a blank node has none. */
export const absoluteAddress = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;

/** A JSON-LD document, perhaps with proofs. */
export interface LinkedDocument {
  '@context': (string | object)[];
  id?: string;
  proof?: object | object[];
  [field: string]: unknown;
}

/**
 * Throws an `unsigned` fault when the document brings a context of its own: no signature covers contexts, and one that
 * anybody may change could give a signed value another name (VC Data Integrity section 2.4.1).
 */
export function mustNameItsContexts(document: LinkedDocument): void {
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    const contexts: unknown[] = '@context' in value ? [value['@context']].flat() : [];
    if (!contexts.every(context => typeof context === 'string')) throw new CodecFault('unsigned', 'context');
    for (const inner of Object.values(value)) waiting.push(inner);
  }
}

/** The address of an issuer or holder, given alone or with a name. */
export function idOf(party: string | { id: string } | undefined): string | undefined {
  return typeof party === 'object' ? party.id : party;
}

/** What may stand alone or in an array, as an array. */
export function listOf<T>(given: T | T[] | undefined): T[] {
  return given === undefined ? [] : ([given].flat() as T[]);
}

/**
 * Types must come out as addresses; a context can map them to anything (VC 2.0 section 4.5). Nothing may be relative: the
 * base is none (VC Data Integrity section 2.4), and one that the document itself sets would be gone with its context.
 */
export async function mustHaveMeaning(signed: LinkedDocument, known: Contexts): Promise<void> {
  const { proof: _, ...document } = signed;
  mustSetNoBase(document['@context']);
  const waiting: unknown[] = await expanded(document, known);
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if ('@type' in value && !('@value' in value) && !listOf(value['@type']).every(isAddress)) {
      throw new CodecFault('json-ld', 'type is no address');
    }
    // An index is kept beside the graph, so no signature covers it; a context may call any field one
    if ('@index' in value) throw new CodecFault('unsigned', 'index');
    for (const inner of Object.values(value)) waiting.push(inner);
  }
}

function mustSetNoBase(contexts: unknown): void {
  for (const context of [contexts].flat()) {
    if (typeof context !== 'object' || context === null) continue;
    if ((context as { '@base'?: unknown })['@base']) throw new CodecFault('json-ld', 'base');
    if ('@context' in context) mustSetNoBase(context['@context']);
  }
}

function isAddress(value: unknown): boolean {
  return value === '@json' || (typeof value === 'string' && absoluteAddress.test(value));
}
