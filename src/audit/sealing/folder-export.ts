import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../../common';
import { type ExportedHead, HeadExport } from './head-export';

/** Heads in one folder: a folder listing stays short. */
const SHELF = 1_000;

/**
 * Heads as files `<folder>/<trail>/<shelf>/<number>.json`, each written once; keys as
 * `<folder>/<trail>/<thumbprint>.pem`.
 */
export class FolderExport extends HeadExport {
  constructor(private readonly folder: string) {
    super();
  }

  /** The one before the last there is: that may have been begun and not ended, and putting it again does no harm. */
  async newest(trail: string): Promise<number> {
    const shelves = (await namesIn(join(this.folder, trail))).filter(name => /^\d+$/.test(name));
    const last = shelves.sort((one, other) => Number(one) - Number(other)).at(-1);
    if (last === undefined) return 0;
    const heads = await namesIn(join(this.folder, trail, last));
    return Math.max(1, ...heads.map(name => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0))) - 1;
  }

  async put(head: ExportedHead): Promise<void> {
    const shelf = String(Math.floor(head.number / SHELF));
    const text = `${JSON.stringify(head)}\n`;
    const file = join(this.folder, head.trail, shelf, `${head.number}.json`);
    if ((await writeOnce(file, text)) !== text)
      throw new Error(`another head ${head.number} was exported before`);
  }

  async publish(trail: string, key: { thumbprint: string; publicPem: string }): Promise<void> {
    await writeOnce(join(this.folder, trail, `${key.thumbprint}.pem`), key.publicPem);
  }
}

/** Nobody writes a file of ours twice, and what is written is on the disk. */
const ONCE = { flag: 'wx', mode: 0o444, flush: true };

/** Writes a file that is not there; what it says now. Never over another, whoever wrote it. */
async function writeOnce(file: string, text: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, text, ONCE);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const there = await readFile(file, 'utf8');
  if (there === text || !text.startsWith(there)) return there;
  // The same, begun and not ended: by somebody at work, or killed at it. Whole, it takes the place of its beginning.
  const whole = `${file}.${newId()}`;
  await writeFile(whole, text, ONCE);
  await rename(whole, file);
  return text;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
