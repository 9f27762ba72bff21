/**
 * Counts of fewer people than this are not shown to those who may not see anybody's record: few enough people in one
 * place can be known again.
 */
export const FEWEST_SHOWN = 10;

/** A count that may be shown, or null. Nobody is nobody: nothing is learnt of anyone. */
export const shown = (count: number): number | null => (count > 0 && count < FEWEST_SHOWN ? null : count);

/**
 * The parts of a whole whose own count is shown too: small ones are hidden, and so many of the next larger that what is
 * hidden cannot be worked out from the whole. Hidden are none or at least two, together at least {@link FEWEST_SHOWN};
 * of a whole that is hidden itself, all parts that are not nothing.
 */
export function shownParts(counts: readonly number[]): (number | null)[] {
  const whole = counts.reduce((sum, count) => sum + count, 0);
  if (shown(whole) === null) return counts.map(count => (count > 0 ? null : 0));
  const hidden = new Set(counts.flatMap((count, at) => (shown(count) === null ? [at] : [])));
  const rest = counts.map((_, at) => at).filter(at => counts[at]! > 0 && !hidden.has(at));
  rest.sort((a, b) => counts[a]! - counts[b]!);
  let sum = [...hidden].reduce((all, at) => all + counts[at]!, 0);
  while (hidden.size > 0 && (hidden.size < 2 || sum < FEWEST_SHOWN)) {
    const at = rest.shift();
    if (at === undefined) break; // everything is hidden already
    hidden.add(at);
    sum += counts[at]!;
  }
  return counts.map((count, at) => (hidden.has(at) ? null : count));
}
