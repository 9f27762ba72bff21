import { inflateRawSync } from 'node:zlib';
import { CodecFault, step } from '../verdict';
import { soleEntryIn } from './zip-entry';

/**
 * The one file in a ZIP archive; at most `maxBytes` of it. Throws a `zlib` fault for anything else.
 */
export function soleFileIn(archive: Buffer, maxBytes: number): Buffer {
  return step('zlib', () => {
    const { isDeflated, bytes } = soleEntryIn(archive);
    if (isDeflated) return inflateRawSync(bytes, { maxOutputLength: maxBytes });
    if (bytes.length > maxBytes) throw new CodecFault('zlib', 'size');
    return Buffer.from(bytes);
  });
}
