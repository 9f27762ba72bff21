import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PackFile } from '../read-pack';

/** The files of a pack that lies in a folder, as {@link readPack} takes them. @throws when the folder cannot be read. */
export function packFilesIn(folder: string): PackFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => ({ name: relative(folder, path).split(sep).join('/'), content: readFileSync(path) }));
}
