import { createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sealLines } from './sealed-file';

describe('a sealed file', () => {
  const key = randomBytes(32);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealed-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function opened(bytes: Buffer, place: string): string {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-16));
    return gunzipSync(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])).toString();
  }
  async function* batches(...all: string[][]): AsyncGenerator<string[]> {
    yield* all;
  }

  it('has every line, and is told as it is on the disk', async () => {
    const path = join(folder, 'a');

    const made = await sealLines(path, key, 'x/a', batches(['1', '2'], ['3']));

    const bytes = await readFile(path);
    expect(opened(bytes, 'x/a')).toBe('1\n2\n3\n');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(made).toEqual({ lines: 3, bytes: bytes.length, sha256 });
  });

  it('opens in no other’s stead', async () => {
    const path = join(folder, 'b');
    await sealLines(path, key, 'x/b', batches());
    const bytes = await readFile(path);

    expect(opened(bytes, 'x/b')).toBe('');
    expect(() => opened(bytes, 'x/c')).toThrow();
  });

  it('fails when the rows do, and overwrites none that is there', async () => {
    const path = join(folder, 'c');
    async function* broken(): AsyncGenerator<string[]> {
      yield ['1'];
      throw new Error('the server went away');
    }

    await expect(sealLines(path, key, 'x/c', broken())).rejects.toThrow('the server went away');
    await expect(sealLines(path, key, 'x/c', batches())).rejects.toThrow('EEXIST');
  });
});
