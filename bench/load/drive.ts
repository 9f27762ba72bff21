import { askApart } from './apart';
import type { Load, Result } from './generate';
import type { World } from './world';

/** What a load came to, and the processor time that each request cost whom, in microseconds. */
export interface Driven extends Result {
  /** What a call does so many of, e.g. doses; one unless it says otherwise. */
  unitsPerCall: number;
  apiMicros: number;
  postgresMicros: number;
}

/** Runs a load from a process of its own. Throws when it dies. */
export async function drive(world: World, load: Load): Promise<Driven> {
  const before = world.cpu();
  const result = await askApart<Result>('generate.ts', load);
  const after = world.cpu();
  const micros = (seconds: number): number => Math.round((seconds * 1e6) / Math.max(1, result.sent));
  return {
    ...result,
    unitsPerCall: 1,
    apiMicros: micros(after.api - before.api),
    postgresMicros: micros(after.postgres - before.postgres),
  };
}
