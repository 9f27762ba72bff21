import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds package.json, migrations/, countries/ and locales/, from source and from build alike. */
export const PROJECT_ROOT = climb(__dirname);

function climb(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : climb(dirname(folder));
}
