import { fromBase64, toBase64 } from '../bytes';
import { isObject } from '../json';
import { sha256 } from './primitives';
import { handleLength, type RevokedHandles } from './trust-bundle';

/**
 * By what certificates are revoked, one text for each way: an HCERT by the ids in it and by its signature, a SMART Health
 * Card by its `rid`. The prefix keeps the ways apart.
 */
export const revocationHandles = {
  /** The id in an HCERT (`ci`: a certificate number or a UVCI). */
  certificate: (issuer: string, id: string): string => `ci:${issuer}:${id}`,
  /** For content without an id of its own (ICVP): the base64 of the COSE signature. */
  signature: (base64: string): string => `sig:${base64}`,
  /** SMART Health Cards Framework, "Revocation". */
  healthCard: (kid: string, rid: string): string => `rid:${kid}:${rid}`,
  /** W3C credentials and SD-JWT VCs: the address of the status list, `#`, the place on it. */
  statusPlace: (place: string): string => `status:${place}`,
};

/** The ids in the content of an HCERT: its own, and those of the entries in it. */
export function certificateIdsIn(content: unknown): string[] {
  if (!isObject(content)) return [];
  const entries = [content.v, content.t, content.r].flat().filter(isObject);
  return [content, ...entries].flatMap(({ ci }) => (typeof ci === 'string' && ci !== '' ? [ci] : []));
}

/** Handles as the bundle carries them. */
export async function packedHandles(handles: readonly string[]): Promise<RevokedHandles> {
  const hashes = await Promise.all([...new Set(handles)].map(hashOf));
  const packed = new Uint8Array(hashes.length * handleLength);
  hashes.sort(compare).forEach((hash, at) => packed.set(hash, at * handleLength));
  return toBase64(packed);
}

/** Whether any of the handles is among those packed. */
export async function isAnyRevoked(handles: readonly string[], revoked: RevokedHandles): Promise<boolean> {
  const packed = fromBase64(revoked) ?? new Uint8Array();
  for (const handle of handles) if (isAmong(await hashOf(handle), packed)) return true;
  return false;
}

async function hashOf(handle: string): Promise<Uint8Array> {
  return (await sha256(new TextEncoder().encode(handle))).subarray(0, handleLength);
}

/** They are sorted, so it is a binary search. */
function isAmong(hash: Uint8Array, packed: Uint8Array): boolean {
  let [from, to] = [0, packed.length / handleLength];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const order = compare(hash, packed.subarray(middle * handleLength, (middle + 1) * handleLength));
    if (order === 0) return true;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return false;
}

function compare(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < handleLength; at++) {
    const difference = one[at]! - other[at]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
