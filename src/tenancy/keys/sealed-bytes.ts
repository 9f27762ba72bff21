import { seal, unseal } from '../../platform/keys';

/** Whose key sealed a value: a numbered one of the country's, or a person's own, of which she has one. */
export type SealedBy = { kind: 'tenant'; number: number } | { kind: 'person' };

/** What stands before the nonce of a value: `TSt` and the number of the country's key, or `TSp` and two zeros. */
export const MARK = 5;
const TENANT = Buffer.from('TSt');
const PERSON = Buffer.from('TSp');

/** The key that sealed what was sealed before keys had numbers, and stands without a mark. */
export const FIRST = 1;

export function markOf(by: SealedBy): Buffer {
  const mark = Buffer.alloc(MARK);
  (by.kind === 'tenant' ? TENANT : PERSON).copy(mark);
  if (by.kind === 'tenant') mark.writeUInt16BE(by.number, TENANT.length);
  return mark;
}

/** Whose key sealed it, or null for what stands without a mark. */
export function sealedBy(sealed: Buffer): SealedBy | null {
  const kind = sealed.subarray(0, TENANT.length);
  if (kind.equals(TENANT)) return { kind: 'tenant', number: sealed.readUInt16BE(TENANT.length) };
  return kind.equals(PERSON) ? { kind: 'person' } : null;
}

/** `mark ‖ nonce ‖ ciphertext ‖ tag`; the mark is bound to it like the place. */
export function sealUnder(key: Buffer, by: SealedBy, plain: Buffer, place: string): Buffer {
  const mark = markOf(by);
  return Buffer.concat([mark, seal(key, plain, aadOf(mark, place))]);
}

/** Opens {@link sealUnder}. Throws when key, bytes or place differ. */
export function openUnder(key: Buffer, sealed: Buffer, place: string): Buffer {
  return unseal(key, sealed.subarray(MARK), aadOf(sealed.subarray(0, MARK), place));
}

const aadOf = (mark: Buffer, place: string): string => `${mark.toString('latin1')}\0${place}`;
