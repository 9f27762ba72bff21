/**
 * A list with one more at its end. An array that grows keeps room for sixteen; the lists of an evaluation have one or two, and
 * for a country's doses that room is most of what is left to the collector.
 */
export const followedBy = <T>(list: readonly T[], one: T): readonly T[] =>
  list.length === 0 ? [one] : list.concat(one);
