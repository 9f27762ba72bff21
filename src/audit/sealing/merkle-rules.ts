import { hash } from 'node:crypto';

const NODE = Buffer.of(0x01);

/**
 * Root of the Merkle tree over leaves in their order (RFC 6962 §2.1): the left half holds the largest power of two that
 * is smaller than their number. Throws for no leaf: nothing is never sealed.
 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) throw new Error('A seal over nothing');
  if (leaves.length === 1) return leaves[0]!;
  const left = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(NODE, merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left)));
}

/** In one call: making an object for each hash costs more than the hash itself. */
const sha256 = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');
