import { deflateSync, inflateSync } from 'node:zlib';
import type { CborValue } from '../cose/cbor';
import { isObject } from '../json';
import { CodecFault, step } from '../verdict';
import { StatusList, type StatusSize } from './status-list';

const sizes: readonly unknown[] = [1, 2, 4, 8];
/** A hundred million certificates; a longer list is split. */
const maxBytes = 16 * 1024 * 1024;

/** A list as it stands in a JWT: the `status_list` claim (IETF Token Status List, section 4.2). */
export interface TokenStatusListJson {
  bits: StatusSize;
  lst: string;
  aggregation_uri?: string;
}

/** An empty list for so many tokens. */
export function newTokenStatusList(length: number, size: StatusSize): StatusList {
  return new StatusList(new Uint8Array(Math.ceil((length * size) / 8)), size, 'least-significant-first');
}

/** A list for a JWT: ZLIB, then base64url. */
export function toStatusListJson(list: StatusList): TokenStatusListJson {
  return { bits: list.size, lst: packed(list).toString('base64url') };
}

/** A list for a CWT: ZLIB in a byte string (section 4.3). */
export function toStatusListCbor(list: StatusList): CborValue {
  return new Map<string, CborValue>([
    ['bits', list.size],
    ['lst', new Uint8Array(packed(list))],
  ]);
}

/** Reads a list from a JWT's claim. Throws a `schema` or `zlib` fault. */
export function fromStatusListJson(claim: unknown): StatusList {
  const { bits, lst } = isObject(claim) ? claim : {};
  if (typeof lst !== 'string' || !/^[\w-]+$/.test(lst)) throw new CodecFault('schema', 'status_list');
  return unpacked(bits, Buffer.from(lst, 'base64url'));
}

/** Reads a list from a CWT's claim. Throws a `schema` or `zlib` fault. */
export function fromStatusListCbor(claim: CborValue): StatusList {
  const [bits, lst] = claim instanceof Map ? [claim.get('bits'), claim.get('lst')] : [];
  if (!(lst instanceof Uint8Array)) throw new CodecFault('schema', 'status_list');
  return unpacked(bits, lst);
}

function packed(list: StatusList): Buffer {
  return deflateSync(list.bytes, { level: 9 });
}

function unpacked(bits: unknown, lst: Uint8Array): StatusList {
  if (!sizes.includes(bits)) throw new CodecFault('schema', 'bits');
  const bytes = step('zlib', () => inflateSync(lst, { maxOutputLength: maxBytes }));
  return new StatusList(new Uint8Array(bytes), bits as StatusSize, 'least-significant-first');
}
