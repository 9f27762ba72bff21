import { isObject } from '../json';
import type { Contexts } from '../json-ld';

/**
 * The fields of a credential that its contexts give one meaning, together in one object: their values can change places,
 * and one can be added that repeats another, without the signature's noticing. One list of field names for each such
 * group found. DIVOC's own contexts do so with dose and total doses, with batch, vaccine and manufacturer, and with the
 * dates: tell people those values, but not which is which, on the signature's word.
 */
export function interchangeableFields(credential: Record<string, unknown>, contexts: Contexts): string[][] {
  const scopes = [credential['@context']].flat().flatMap(url => scopesIn(contexts.get(String(url))));
  const groups = new Map<string, string[]>();
  for (const fields of objectsIn(credential).map(Object.keys)) {
    for (const scope of scopes) {
      for (const group of alike(fields, scope)) groups.set(group.join(), group);
    }
  }
  return [...groups.values()];
}

/** Which address each field stands for, in one scope of a context. */
type Scope = ReadonlyMap<string, string>;

/** A context and the contexts within it, each for the objects of one type or under one field. */
function scopesIn(context: unknown): Scope[] {
  return objectsIn(context)
    .map(({ '@context': terms }) => terms)
    .filter(isObject)
    .map(terms => new Map(Object.entries(terms).flatMap(([field, term]) => addressOf(field, term))));
}

/** A keyword, or a field that is itself a keyword, stands for no address. */
function addressOf(field: string, term: unknown): [string, string][] {
  const address = isObject(term) ? term['@id'] : term;
  const isKeyword = field.startsWith('@') || typeof address !== 'string' || address.startsWith('@');
  return isKeyword ? [] : [[field, address]];
}

/** The fields of one object that share an address, in groups of two and more. */
function alike(fields: readonly string[], scope: Scope): string[][] {
  const groups = new Map<string, string[]>();
  for (const field of fields) {
    const address = scope.get(field);
    if (address !== undefined) groups.set(address, [...(groups.get(address) ?? []), field]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}
