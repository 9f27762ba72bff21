import type { Driven } from './drive';
import type { World } from './world';

/** How often the two are compared; the first time V8 still compiles, and it is not counted. */
const turns = (): number => Number(process.env['TURNS'] ?? 5) + 1;

/**
 * What a call costs two builds of the API, the older one first: both are driven at the same time, so that whatever else
 * the machine does befalls both alike. Medians, and the median of the ratios. Rates of a shared machine say nothing.
 */
export async function besideLine(
  name: string,
  [older, newer]: readonly [World, World],
  play: (world: World) => Promise<Driven>,
): Promise<string> {
  const played: { before: Driven; after: Driven }[] = [];
  for (let turn = 0; turn < turns(); turn++) {
    const [before, after] = await Promise.all([play(older), play(newer)]);
    if (turn > 0) played.push({ before, after });
  }
  const was = median(played.map(({ before }) => before.apiMicros));
  const is = median(played.map(({ after }) => after.apiMicros));
  const ratios = played.map(({ before, after }) => after.apiMicros / before.apiMicros);
  const errors = played.reduce((sum, { before, after }) => sum + before.errors + after.errors, 0);
  return `${name.padEnd(36)} API ${was} → ${is} µs, ratio ${median(ratios).toFixed(3)} (${ratios.map(one => one.toFixed(2)).join(' ')})  memory ${older.memory()} → ${newer.memory()} MB  ${errors} errors`;
}

const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[figures.length >> 1]!;
