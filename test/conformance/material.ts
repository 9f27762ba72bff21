import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The vectors from outside that stand beside the repository. */
export const GIVEN = join(__dirname, '../../../shared/data');

/** The folder of vectors under test: the given one, or another of the same layout. */
export const DATA = resolve(process.env.CONFORMANCE_DATA ?? GIVEN);

/**
 * Where a piece of what vectors are judged by lies (a schema, a context, a value set, a release): beside the vectors, else in
 * the given folder, since other vectors may come without what they share with the given ones.
 */
export function materialAt(...path: string[]): string {
  const beside = join(DATA, ...path);
  return existsSync(beside) ? beside : join(GIVEN, ...path);
}
