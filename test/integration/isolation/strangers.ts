import { newId } from '../../../src/common';
import type { Draws } from './draws';
import type { Made } from './chapters/life';
import type { Operation } from './operations';
import { type Known, mapTexts, UUID } from './rows';
import { plainValue, type Variables, variablesFor } from './variables';

/** What stands where a marked text stood: nothing of another country's prose is ever sent. */
const INSTEAD = 'Elsewhere';

/**
 * Variables that reach for another country's records: a call that was good at home with some of its ids exchanged
 * for theirs; a call that was good over there, sent here; or one made up from the types with their ids and codes.
 */
export function reachingFor(
  theirs: Known,
  operation: Operation,
  draws: Draws,
  calls: { home: readonly Made[]; there: readonly Made[]; marker: string },
): Variables {
  const home = calls.home.filter(made => made.operation === operation.name);
  const there = calls.there.filter(made => made.operation === operation.name);
  const ways = [
    () => madeUp(theirs, operation, draws),
    ...(home.length > 0 ? [() => exchanged(theirs, draws.one(home).variables, draws)] : []),
    ...(there.length > 0 ? [() => draws.one(there).variables] : []),
  ];
  return mapNamed(draws.one(ways)(), (name, text) =>
    name === 'idempotencyKey' ? newId() : text.replaceAll(calls.marker, INSTEAD),
  ) as Variables;
}

function madeUp(theirs: Known, operation: Operation, draws: Draws): Variables {
  const all = draws.chance(0.4);
  return variablesFor(operation, (leaf, required) => {
    if (!required && !all && draws.chance(0.5)) return undefined;
    if (leaf.scalar === 'ID' || (leaf.scalar === 'String' && leaf.name !== 'idempotencyKey')) {
      const named = theirs.called(leaf.name === 'id' ? `${operation.answers}Id` : leaf.name);
      if (named.length > 0 && draws.chance(0.8)) return draws.one(named);
      return draws.one(draws.chance(leaf.scalar === 'ID' ? 0.8 : 0.3) ? theirs.ids : theirs.codes);
    }
    return leaf.scalar === 'Enum' ? draws.below(100) : plainValue(leaf);
  });
}

/** At least one id is exchanged, most often only one: everything else is right. */
function exchanged(theirs: Known, variables: Variables, draws: Draws): Variables {
  const places: string[] = [];
  mapNamed(variables, (name, text) => {
    if (text.match(UUID)?.[0] === text && name !== 'idempotencyKey') places.push(name);
    return text;
  });
  if (places.length === 0) return variables;
  const wanted = draws.one(places);
  return mapNamed(variables, (name, text) => {
    const isId = text.match(UUID)?.[0] === text && name !== 'idempotencyKey';
    if (!isId || (name !== wanted && !draws.chance(0.2))) return text;
    const named = theirs.called(name);
    return draws.one(named.length > 0 ? named : theirs.ids);
  }) as Variables;
}

/** The same variables with every id of theirs exchanged for one that nobody has. */
export function missingInstead(theirs: Known, variables: Variables): Variables {
  const known = new Set(theirs.ids);
  const missing = new Map<string, string>();
  return mapTexts(variables, text => {
    if (!known.has(text)) return text;
    if (!missing.has(text)) missing.set(text, newId());
    return missing.get(text)!;
  }) as Variables;
}

/** The same variables as another request: an idempotency key is for one alone. */
export const again = (variables: Variables): Variables =>
  mapNamed(variables, (name, text) => (name === 'idempotencyKey' ? newId() : text)) as Variables;

/** Replaces every text, told the name of the argument or field that holds it. */
function mapNamed(value: unknown, change: (name: string, text: string) => string, name = ''): unknown {
  if (typeof value === 'string') return change(name, value);
  if (Array.isArray(value)) return value.map(inner => mapNamed(inner, change, name));
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapNamed(inner, change, key)]));
}
