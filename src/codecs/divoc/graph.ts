import { createHash } from 'node:crypto';
import { isObject } from '../json';
import { canonicalDocument, type Contexts } from '../json-ld';
import { CodecFault } from '../verdict';

/** A certificate has about ten objects; a graph of thousands is there to be canonicalised for ever. */
const maxObjects = 100;

/**
 * The hash of what a JSON-LD document says (RDFC-1.0, SHA-256). Throws an `unsigned` fault when it says anything that its
 * contexts do not map, which the hash would silently leave out, and a `json-ld` fault for a context that is not known
 * or not given by its address, a keyword, and a graph that no certificate has.
 */
export async function graphHash(document: Record<string, unknown>, contexts: Contexts): Promise<Buffer> {
  mustBeTame(document);
  return createHash('sha256')
    .update(await canonicalDocument(document, contexts))
    .digest();
}

/**
 * A context in the document itself could map a field to nothing, and a keyword (`@index`, `@nest`) says things that are
 * in no graph: neither is found in a certificate, so there is none but a list of addresses at the top.
 */
function mustBeTame({ '@context': context, ...document }: Record<string, unknown>): void {
  if (![context].flat().every(one => typeof one === 'string')) throw new CodecFault('json-ld', 'context');
  let objects = 0;
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isObject(value)) return;
    if (++objects > maxObjects) throw new CodecFault('json-ld', 'too many objects');
    if (Object.keys(value).some(key => key.startsWith('@'))) throw new CodecFault('json-ld', 'keyword');
    Object.values(value).forEach(walk);
  };
  walk(document);
}
