import { createHash } from 'node:crypto';

/** What a seal says, and what is signed. Hashes are hexadecimal. */
export interface SealHead {
  /** The schema whose trail it is. */
  trail: string;
  /** Counts the trail's seals from 1. */
  number: number;
  /** Seconds since 1970 with six decimals. */
  sealedAt: string;
  /** How many entries it covers. */
  entries: number;
  /** RFC 6962 root over them. */
  root: string;
  /** {@link headHash} of the seal before; zeros for the first. */
  previous: string;
}

/** `previous` of the first seal. */
export const NO_SEAL = '0'.repeat(64);

/** The bytes that are signed and that the next seal's `previous` is the SHA-256 of (docs/audit.md). */
export const headBytes = ({ trail, number, sealedAt, entries, root, previous }: SealHead): Buffer =>
  Buffer.from(`tikasetu.audit-seal/1\n${trail}\n${number}\n${sealedAt}\n${entries}\n${root}\n${previous}\n`);

export const headHash = (head: SealHead): string =>
  createHash('sha256').update(headBytes(head)).digest('hex');

/** How far back a look goes for entries that were committed late: they have ids of when they were made. */
const LATE_MS = 2 * 60_000;
const VERY_LATE_MS = 25 * 3_600_000;

/**
 * From when on entries are looked for that no seal covers. Once an hour it is a day and more before the newest one, as a
 * rule two minutes. A clock that was ahead pushes nothing out of sight: it is never later than `now` allows.
 */
export function lookFrom(last: { sealedAt: Date; newestAt: Date }, now: Date): Date {
  const isFirstOfHour = hourOf(last.sealedAt) !== hourOf(now);
  const newest = Math.min(last.newestAt.getTime(), now.getTime());
  return new Date(Math.max(0, newest - (isFirstOfHour ? VERY_LATE_MS : LATE_MS)));
}

const hourOf = (at: Date): number => Math.floor(at.getTime() / 3_600_000);
