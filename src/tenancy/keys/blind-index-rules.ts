import { createHmac } from 'node:crypto';
import { FIRST } from './sealed-bytes';

/** A key of blind indexes, unwrapped. */
export interface IndexKey {
  number: number;
  key: Buffer;
  createdAt: Date;
  /** Since when nothing is stored under it; null while something may be. */
  emptiedAt: Date | null;
}

/** What a value is found by without being read, in every form in which it may be stored. */
export interface BlindIndex {
  /** Under the first key, and so the same for ever: what has to be taken in one order is taken in the order of these. */
  first: Buffer;
  /** The form to store. */
  stored: Buffer;
  /** The forms to look for, oldest first: nothing that is stored is found under another. */
  all: readonly Buffer[];
  /** The newest of them: what {@link lifted} makes of every other. */
  newest: Buffer;
}

/**
 * How long after a key was made indexes are stored under it. A process reads the keys every ten minutes at the least: by
 * then each of them looks under the new key as well, however far their clocks are apart.
 */
export const KNOWN_EVERYWHERE_MS = 3_600_000;

const HASH = 32;

/** Which key an index is stored under: the first without a mark, later ones with their number in two bytes before it. */
export const numberOf = (stored: Buffer): number => (stored.length === HASH ? FIRST : stored.readUInt16BE());

/** The number of the newest key that every process knows. */
export const writingNumber = (keys: readonly Pick<IndexKey, 'number' | 'createdAt'>[], now: Date): number =>
  Math.max(
    FIRST,
    ...keys
      .filter(({ createdAt }) => now.getTime() - createdAt.getTime() >= KNOWN_EVERYWHERE_MS)
      .map(({ number }) => number),
  );

/**
 * HMAC-SHA-256 under the first key, and of that under the second, and so on: a new key needs what is stored and not what
 * it was made from. `keys`: all that the country ever had, oldest first.
 */
export function blindIndexOf(keys: readonly IndexKey[], text: string, now: Date): BlindIndex {
  const forms = new Map<number, Buffer>();
  let hash = Buffer.from(text);
  for (const { number, key } of keys) {
    hash = hmac(key, hash);
    forms.set(number, marked(number, hash));
  }
  const writing = writingNumber(keys, now);
  const all = keys
    .filter(({ number, emptiedAt }) => emptiedAt === null || number === writing)
    .map(({ number }) => forms.get(number)!);
  return { first: forms.get(FIRST)!, stored: forms.get(writing)!, all, newest: all.at(-1)! };
}

/** A stored index under a later key, the newest if none is named; as it is when it is not older than that. */
export function lifted(keys: readonly IndexKey[], stored: Buffer, to = Infinity): Buffer {
  const from = numberOf(stored);
  const ahead = keys.filter(({ number }) => number > from && number <= to);
  if (ahead.length === 0) return stored;
  const hash = ahead.reduce((under, { key }) => hmac(key, under), stored.subarray(-HASH));
  return marked(ahead.at(-1)!.number, hash);
}

const hmac = (key: Buffer, of: Buffer) => createHmac('sha256', key).update(of).digest();

function marked(number: number, hash: Buffer): Buffer {
  if (number === FIRST) return hash;
  const mark = Buffer.alloc(2);
  mark.writeUInt16BE(number);
  return Buffer.concat([mark, hash]);
}
