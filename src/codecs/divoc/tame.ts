import { isObject } from '../json';
import { CodecFault } from '../verdict';

/** A certificate has about ten objects; a graph of thousands is there to be canonicalised for ever. */
const maxObjects = 100;

/**
 * A context in the document itself could map a field to nothing, and a keyword (`@index`, `@nest`) says things that are
 * in no graph: neither is found in a certificate, so there is none but a list of addresses at the top.
 */
export function mustBeTame({ '@context': context, ...document }: Record<string, unknown>): void {
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
