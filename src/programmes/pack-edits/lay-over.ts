import type { Sourced } from '../../forecasting';

/** `changes` over `thing`: what is not given stays, what is given as null is taken away. */
export function layOver<T extends object>(thing: Partial<T>, changes: object): T {
  const laid: Record<string, unknown> = { ...thing };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete laid[name];
    else if (value !== undefined) laid[name] = value;
  }
  return laid as T;
}

/** A list with `changes` laid over the thing that bears its key, or at the end as a new thing. */
export function layIn<T extends object>(items: readonly T[], key: keyof T & string, given: object): T[] {
  const changes = given as Partial<T>;
  const known = items.some(item => item[key] === changes[key]);
  if (!known) return [...items, layOver<T>({}, changes)];
  return items.map(item => (item[key] === changes[key] ? layOver(item, changes) : item));
}

/**
 * Changes of the spans of an age or interval rule, and with them of where each was taken from: a span that is changed
 * without a source no longer claims the one it had.
 */
export function laySpans<T extends Sourced>(
  rule: Partial<T>,
  changes: object,
  spans: readonly (keyof T & string)[],
  source: string | undefined,
): T {
  const laid = layOver<T>(rule, changes);
  const moved = spans.filter(span => laid[span] !== rule[span] || (source && span in changes && laid[span]));
  if (moved.length === 0) return laid;
  const { source: before } = rule;
  const named: Record<string, string> =
    typeof before === 'string'
      ? Object.fromEntries(spans.filter(span => rule[span] !== undefined).map(span => [span, before]))
      : { ...before };
  for (const span of moved) {
    if (source !== undefined && laid[span] !== undefined) named[span] = source;
    else delete named[span];
  }
  return layOver<T>(laid, { source: Object.keys(named).length > 0 ? named : null });
}
