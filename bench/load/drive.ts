import { fork } from 'node:child_process';
import { join } from 'node:path';
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
  const result = await generate(load);
  const after = world.cpu();
  const micros = (seconds: number): number => Math.round((seconds * 1e6) / Math.max(1, result.sent));
  return {
    ...result,
    unitsPerCall: 1,
    apiMicros: micros(after.api - before.api),
    postgresMicros: micros(after.postgres - before.postgres),
  };
}

function generate(load: Load): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'generate.ts'), {
      execArgv: ['--require', join(__dirname, '../register-ts.cjs')],
      serialization: 'advanced',
    });
    child.once('message', result => resolve(result as Result));
    child.once('exit', code => code && reject(new Error(`the generator ended with ${code}`)));
    child.send(load);
  });
}
