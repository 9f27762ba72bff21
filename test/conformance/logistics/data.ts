import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The logistics material given from outside, read in place. */
export const logisticsFolder = resolve(process.env.CONFORMANCE_DATA ?? '../shared/data', 'logistics');

/** The cases of a suite, one JSON value a line, from any number of files (`s10-vectors.jsonl`, `s10-vectors.2.jsonl`). */
export function cases<T>(folder: string, suite: string): T[] {
  const names = filesIn('.jsonl', folder).filter(name => name.startsWith(`${suite}.`));
  const lines = names.flatMap(name => textOf(folder, name).split('\n'));
  return lines.filter(line => line.trim()).map(line => JSON.parse(line) as T);
}

/** The names of a folder's files with this ending, in order; none where the folder is absent. */
export function filesIn(ending: string, ...path: string[]): string[] {
  const folder = join(logisticsFolder, ...path);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith(ending))
        .sort()
    : [];
}

/** The names of a folder's folders, in order; none where it is absent. */
export function foldersIn(...path: string[]): string[] {
  const folder = join(logisticsFolder, ...path);
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.flatMap(entry => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** A file as text, or as the JSON value in it. */
export const textOf = (...path: string[]) => readFileSync(join(logisticsFolder, ...path), 'utf8');
export const jsonOf = (...path: string[]) => JSON.parse(textOf(...path)) as unknown;
