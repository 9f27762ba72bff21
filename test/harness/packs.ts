import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a country pack in a folder, as the API takes them. */
export function packFiles(folder: string): { name: string; content: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(json|csv)$/.test(name))
    .sort()
    .map(name => ({ name: name.replaceAll('\\', '/'), content: readFileSync(join(folder, name), 'utf8') }));
}
