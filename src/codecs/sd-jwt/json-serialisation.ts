import { isObject, readJson } from '../json';
import { CodecFault } from '../verdict';

/** How it begins, in bounded time: an object whose first field is one of a JWS (RFC 7515, section 7.2). */
export const looksLikeJsonJws = (text: string): boolean =>
  /^\s*\{\s*"(?:payload|protected|header|signatures?)"\s*:/.test(text);

/**
 * The compact form of an SD-JWT in JSON, flattened or general (RFC 9901, section 8): by it the holder's own signature is
 * over the same text in both. Of several signatures the first is the one, since it carries the disclosures. What else
 * stands outside the signature is nobody's word and is left out. Throws a `json` or `jws` fault.
 */
export function compactOf(text: string): string {
  const jws = readJson(text);
  if (!isObject(jws)) throw new CodecFault('json', 'not an object');
  const [signed]: unknown[] = Array.isArray(jws.signatures) ? jws.signatures : [jws];
  const { protected: head, signature, header = {} } = isObject(signed) ? signed : {};
  const { disclosures = [], kb_jwt: keyBinding = '' } = isObject(header) ? header : {};
  const parts = [head, jws.payload, signature];
  if (!parts.every(isPart) || !Array.isArray(disclosures) || !disclosures.every(isPart))
    throw new CodecFault('jws', 'serialisation');
  if (typeof keyBinding !== 'string' || keyBinding.includes('~')) throw new CodecFault('jws', 'key binding');
  return [parts.join('.'), ...disclosures, keyBinding].join('~');
}

const isPart = (part: unknown): part is string => typeof part === 'string' && /^[\w-]+$/.test(part);
