import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderExport } from './folder-export';
import type { ExportedHead } from './head-export';

const head = (number: number, root = 'aa'): ExportedHead => ({
  trail: 'tenant_aa',
  number,
  sealedAt: '1.000000',
  entries: 1,
  root,
  previous: 'bb',
  key: 'cc',
  signature: 'dd',
});
let folder: string;
let shelf: string;
let out: FolderExport;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tikasetu-heads-'));
  shelf = join(folder, 'tenant_aa', '0');
  out = new FolderExport(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const said = async (number: number): Promise<unknown> =>
  JSON.parse(await readFile(join(shelf, `${number}.json`), 'utf8'));

describe('a head that is taken out', () => {
  it('may be taken out by many at one moment', async () => {
    await Promise.all(Array.from({ length: 20 }, () => out.put(head(1))));

    expect(await said(1)).toEqual(head(1));
    expect(await readdir(shelf)).toEqual(['1.json']);
  });

  it('is never written over by another', async () => {
    await out.put(head(1));

    await expect(out.put(head(1, 'ee'))).rejects.toThrow('another head 1 was exported before');
    expect(await said(1)).toEqual(head(1));
  });

  it.each([
    ['nothing', 0],
    ['half of it', 60],
  ])('is whole in the end when whoever wrote it was killed after %s', async (_, length) => {
    await mkdir(shelf, { recursive: true });
    await out.put(head(1));
    await writeFile(join(shelf, '2.json'), JSON.stringify(head(2)).slice(0, length), { mode: 0o444 });

    const newest = await out.newest('tenant_aa');
    for (let number = newest + 1; number <= 2; number++) await out.put(head(number));

    expect(newest).toBe(1);
    expect(await said(2)).toEqual(head(2));
  });
});

it('begins with the first head where there is none', async () => {
  expect(await out.newest('tenant_aa')).toBe(0);
});
