import { CodecFault, step } from '../verdict';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const stored = 0;
const deflated = 8;
/** The record at the end, without its comment. */
const endLength = 22;

/**
 * The one file in a ZIP archive (PKWARE APPNOTE 4.3), by its central directory, as it lies there. Throws a `zlib` fault for
 * anything else: several files could show two readers two certificates.
 */
export function soleEntryIn(archive: Uint8Array): { isDeflated: boolean; bytes: Uint8Array } {
  return step('zlib', () => {
    const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
    const [u16, u32] = [(at: number) => view.getUint16(at, true), (at: number) => view.getUint32(at, true)];
    let end = archive.length - endLength;
    while (u32(end) !== endOfDirectory) end--; // before the first byte this throws
    const entry = u32(end + 16);
    if (u16(end + 10) !== 1 || u32(entry) !== directoryEntry) throw new CodecFault('zlib', 'not one file');
    const method = u16(entry + 10);
    if (method !== deflated && method !== stored) throw new CodecFault('zlib', 'method');
    const local = u32(entry + 42);
    const from = local + 30 + u16(local + 26) + u16(local + 28);
    return { isDeflated: method === deflated, bytes: archive.subarray(from, from + u32(entry + 20)) };
  });
}
