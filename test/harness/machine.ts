import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The path of the first of these commands that the machine has, or undefined. */
export function commandPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const data = resolve(process.env.CONFORMANCE_DATA ?? join(__dirname, '../../../shared/data'));

/** The folder of test vectors from outside (CONFORMANCE_DATA, by default ../shared/data), or undefined. */
export const conformanceData = existsSync(data) ? data : undefined;
