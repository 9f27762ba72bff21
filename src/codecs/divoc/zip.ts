import { inflateRawSync } from 'node:zlib';
import { CodecFault, step } from '../verdict';

const endOfDirectory = Buffer.from('PK\u0005\u0006', 'latin1');
const directoryEntry = 0x02014b50;
const stored = 0;
const deflated = 8;

/**
 * The one file in a ZIP archive (PKWARE APPNOTE 4.3), by its central directory; at most `maxBytes` of it. Throws a `zlib`
 * fault for anything else: several files could show two readers two certificates.
 */
export function soleFileIn(archive: Buffer, maxBytes: number): Buffer {
  return step('zlib', () => {
    const end = archive.lastIndexOf(endOfDirectory);
    const entry = archive.readUInt32LE(end + 16);
    const isSole = archive.readUInt16LE(end + 10) === 1 && archive.readUInt32LE(entry) === directoryEntry;
    if (end < 0 || !isSole) throw new CodecFault('zlib', 'not one file');
    const method = archive.readUInt16LE(entry + 10);
    const size = archive.readUInt32LE(entry + 20);
    const local = archive.readUInt32LE(entry + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(from, from + size);
    if (method === deflated) return inflateRawSync(bytes, { maxOutputLength: maxBytes });
    if (method !== stored || bytes.length > maxBytes) throw new CodecFault('zlib', 'method');
    return bytes;
  });
}
