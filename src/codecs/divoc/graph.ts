import { createHash } from 'node:crypto';
import { canonicalDocument, type Contexts } from '../json-ld';
import { mustBeTame } from './tame';

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
