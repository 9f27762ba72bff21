/**
 * A list with one more at its end; one that is not empty is the caller's own, and is added to. An empty array that is pushed to
 * keeps room for seventeen; most lists of an evaluation have one, and for a country's doses that room was most of what was
 * left to the collector.
 */
export function followedBy<T>(list: readonly T[], one: T): readonly T[] {
  if (list.length === 0) return [one];
  (list as T[]).push(one);
  return list;
}
