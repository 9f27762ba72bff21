import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asJson, fromCbor, toCbor, type CborMap } from '../../../src/codecs/cose/cbor';
import { readSign1 } from '../../../src/codecs/cose/cose';
import {
  fromStatusListCbor,
  fromStatusListJson,
  newTokenStatusList,
  statusReference,
  type StatusList,
  toStatusListCbor,
  toStatusListJson,
} from '../../../src/codecs/status-lists';
import { skipUnless } from '../../harness/run/skip';

/** The examples of the IETF's Token Status List, as its draft's own generator writes them. */
const folder = resolve(
  process.env.CONFORMANCE_DATA ?? '../shared/data',
  'certificates/token-status-list/examples',
);
const files = existsSync(folder) ? readdirSync(folder) : [];
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const of = (pattern: RegExp) => files.filter(file => pattern.test(file)).map(file => [file]);

/** `byte_array = [0xb9, 0xa3]` before, and the text after `encoded:`; lines are folded. */
function partsOf(file: string): { bytes: Uint8Array | undefined; encoded: string } {
  const text = read(file);
  const given = /byte_array = \[([^\]]*)\]/.exec(text)?.[1];
  const bytes = given === undefined ? undefined : Uint8Array.from(given.split(','), Number);
  return { bytes, encoded: text.split('encoded:').at(-1)!.replace(/\s/g, '') };
}

/** The same list written anew and read back: compression differs between machines, what it says does not. */
const again = (list: StatusList) => fromStatusListJson(JSON.parse(JSON.stringify(toStatusListJson(list))));

/** Bytes compared as bytes: a list has a million of them. */
const isSame = (one: StatusList, other: StatusList) =>
  one.size === other.size && Buffer.from(one.bytes).equals(other.bytes);

skipUnless(files.length > 0, `${folder} is absent (set CONFORMANCE_DATA)`)(
  'Token Status List of the IETF',
  () => {
    test.each(of(/encoding.*json\.md$/))('%s is read, and says the same written anew', file => {
      const { bytes, encoded } = partsOf(file);

      const list = fromStatusListJson(JSON.parse(encoded));

      if (bytes) expect(Buffer.from(bytes).equals(list.bytes)).toBe(true);
      expect(isSame(again(list), list)).toBe(true);
    });

    test.each(of(/encoding.*cbor\.md$/))('%s is read, and says the same written anew', file => {
      const { bytes, encoded } = partsOf(file);

      const list = fromStatusListCbor(fromCbor(Buffer.from(encoded, 'hex')));

      if (bytes) expect(Buffer.from(bytes).equals(list.bytes)).toBe(true);
      expect(isSame(fromStatusListCbor(fromCbor(toCbor(toStatusListCbor(list)))), list)).toBe(true);
      expect(isSame(again(list), list)).toBe(true);
    });

    test.each(of(/encoding(\d)?(_long)?_json\.md$/))('%s: JSON and CBOR say the same', file => {
      const cbor = file.replace('_json', '_cbor');
      const list = fromStatusListJson(JSON.parse(partsOf(file).encoded));

      const asCbor = files.includes(cbor)
        ? fromStatusListCbor(fromCbor(Buffer.from(partsOf(cbor).encoded, 'hex')))
        : list;

      expect(isSame(asCbor, list)).toBe(true);
    });

    test.each(of(/_cwt\.md$/))('%s is a token whose list or place in one is read', file => {
      const claims = fromCbor(readSign1(Buffer.from(partsOf(file).encoded, 'hex')).payload) as CborMap;

      const [status, list] = [claims.get(65535), claims.get(65533)];

      if (list) expect(fromStatusListCbor(list).length).toBeGreaterThan(0);
      else expect(statusReference(asJson(status))).toMatchObject({ index: 0 });
    });

    test("the statuses of the draft's first example are where its table has them", () => {
      const one = fromStatusListJson({ bits: 1, lst: 'eNrbuRgAAhcBXQ' });
      const made = newTokenStatusList(one.length, 1);
      [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1].forEach((status, at) => made.set(at, status));

      expect(Array.from({ length: one.length }, (_, at) => one.at(at))).toEqual(
        Array.from({ length: made.length }, (_, at) => made.at(at)),
      );
      expect(one.at(one.length)).toBeUndefined();
    });
  },
);
