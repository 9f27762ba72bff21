import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** What is written of a file: how many lines went in, and how many bytes of which SHA-256 came out. */
export interface SealedFile {
  lines: number;
  bytes: number;
  sha256: string;
}

/**
 * Streams lines to a new file: gzip, then AES-256-GCM (`nonce ‖ ciphertext ‖ tag`) bound to `place`, so that no table can
 * be put in another's stead. Resolves when it would outlast a power cut.
 */
export async function sealLines(
  path: string,
  key: Buffer,
  place: string,
  batches: AsyncIterable<readonly string[]>,
): Promise<SealedFile> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place, 'utf8'));
  const hash = createHash('sha256');
  const counts = { lines: 0, bytes: 0 };
  async function* text(): AsyncGenerator<string> {
    for await (const batch of batches) {
      counts.lines += batch.length;
      yield batch.map(line => `${line}\n`).join('');
    }
  }
  async function* framed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield counted(nonce);
    for await (const chunk of source) yield counted(chunk);
    yield counted(cipher.getAuthTag());
  }
  const counted = (chunk: Buffer): Buffer => {
    hash.update(chunk);
    counts.bytes += chunk.length;
    return chunk;
  };
  const file = await open(path, 'wx', 0o600);
  const target = file.createWriteStream({ flush: true }); // closes the file, also when the lines fail
  await pipeline(Readable.from(text()), createGzip(), cipher, framed, target);
  return { ...counts, sha256: hash.digest('hex') };
}
