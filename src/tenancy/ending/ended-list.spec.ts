import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EndedFile } from './ended-list';

describe('the list of ended countries', () => {
  const one = { code: 'xa', since: new Date('2026-01-02T03:04:05.678Z') };
  const other = { code: 'xab', since: new Date('2025-01-01T00:00:00.000Z') };
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ended-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is empty before the first, and has each in the order they went', async () => {
    const list = new EndedFile(join(folder, 'made'));
    const before = await list.all();

    await list.add(one);
    await list.add(other);

    expect([before, await list.all()]).toEqual([[], [one, other]]);
  });

  it('takes no part of a line for a country, wherever a power cut tore it', async () => {
    const path = join(folder, 'countries.ended');
    const whole = `xab ${other.since.toISOString()};`;
    const found: unknown[] = [];
    for (let length = 0; length < whole.length; length++) {
      await writeFile(path, whole.slice(0, length));
      await appendFile(path, `\n`);
      found.push(...(await new EndedFile(folder).all()));
    }

    expect(found).toEqual([]);
  });
});
