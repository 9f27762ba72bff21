/** A stretch of time, microseconds since 1970; the end is not part of it. */
export interface Stretch {
  from: number;
  to: number;
}

/** A unit was in another for some time. */
export interface Stay extends Stretch {
  container: string;
}

/** When a unit was directly in which containers, by its way in order. What it is in now has no end. */
export function staysIn(steps: readonly { at: number; container: string | null }[]): Stay[] {
  const stays: Stay[] = [];
  for (const { at, container } of steps) {
    const last = stays.at(-1);
    if (last?.to === Infinity && last.container === container) continue;
    if (last?.to === Infinity) last.to = at;
    if (container !== null) stays.push({ container, from: at, to: Infinity });
  }
  return stays.filter(({ from, to }) => from < to);
}

/** The time that two stretches have in common; null when they have none. */
export function common(one: Stretch, other: Stretch): Stretch | null {
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
  return from < to ? { from, to } : null;
}
