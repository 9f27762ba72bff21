import { createHash, createHmac } from 'node:crypto';

/** How the people who want a place are put in order. */
export type Policy = 'FIRST_COME' | 'LOTTERY' | 'RANK_THEN_TIME' | 'RANK_THEN_LOT';

/** By whom somebody was entered: by herself or whoever acts for her, or with the help of staff. */
export type Stream = 'OWN' | 'ASSISTED';

/** Who an entry came through, as far as the caps look. */
export type CapOn = 'account' | 'device' | 'network';
export const CAPPED: readonly CapOn[] = ['account', 'device', 'network'];

/**
 * One person's entry, as it is published: no personal data. The three tags say only which entries of this draw share
 * an account, a device or a network; empty for none known.
 */
export interface DrawEntry extends Record<CapOn, string> {
  id: string;
  stream: Stream;
  /** Of her priority group: 1 is served first; null for none. */
  rank: number | null;
  /** When she entered, ISO 8601 in UTC with milliseconds. */
  enteredAt: string;
}

/** Places that others get only when these people want no more. */
export interface Reserved {
  for: 'ASSISTED' | 'PRIORITY';
  places: number;
}

/** What is announced of how places are given; part of the announcement, so that it stands before anybody enters. */
export interface AllotmentRules {
  places: number;
  /** In the order in which they are filled. */
  reserved: readonly Reserved[];
  /** The most places for one account, one device, one network; null for no limit. Nobody was helped past them. */
  caps: Readonly<Record<CapOn, number | null>>;
}

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/**
 * The key that lots are drawn with: the seed itself; or, when a public value was announced (one that nobody can know
 * before entries close), HMAC-SHA-256 of that value under the seed, so that not even who knows the seed knows the lots.
 */
export const lotKey = (seed: Uint8Array, publicValue: string | null): Uint8Array =>
  publicValue === null ? seed : createHmac('sha256', seed).update(publicValue, 'utf8').digest();

/** Somebody's lot: HMAC-SHA-256 of the entry's id, 64 hex digits. The lowest comes first. */
export const lotOf = (key: Uint8Array, entryId: string): string =>
  createHmac('sha256', key).update(entryId, 'utf8').digest('hex');

const UNRANKED = Number.MAX_SAFE_INTEGER;

/** All entries in the order in which they are served, whatever order they are given in. */
export function inDrawnOrder<Entry extends DrawEntry>(
  entries: readonly Entry[],
  policy: Policy,
  key: Uint8Array,
): Entry[] {
  const byRank = policy === 'RANK_THEN_TIME' || policy === 'RANK_THEN_LOT';
  const byTime = policy === 'RANK_THEN_TIME' || policy === 'FIRST_COME';
  return entries
    .map(entry => ({
      entry,
      rank: byRank ? (entry.rank ?? UNRANKED) : 0,
      turn: byTime ? entry.enteredAt : lotOf(key, entry.id),
    }))
    .sort((a, b) => a.rank - b.rank || compare(a.turn, b.turn) || compare(a.entry.id, b.entry.id))
    .map(({ entry }) => entry);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How far an allotment has come: who has a place, and who had one or her turn and let it go. */
export interface SoFar {
  holding: ReadonlySet<string>;
  passed: ReadonlySet<string>;
  /** Whether reserved places that nobody of theirs wants stay empty, because theirs may still enter. */
  keepReserved?: boolean;
}

const NOTHING_YET: SoFar = { holding: new Set(), passed: new Set() };

/**
 * Who gets the places that are free, in order. Who has a place keeps it. Reserved places are filled first, each by its
 * own people in order; then the others, with what is left of the reserved ones, by everybody in order. Somebody whose
 * account, device or network has all that it may is passed over and stays in the order: a place of theirs that is
 * given back may be hers. Caps do not look at people whom staff helped: they share a desk, and staff are audited.
 */
export function allot<Entry extends DrawEntry>(
  order: readonly Entry[],
  { places, reserved, caps }: AllotmentRules,
  { holding, passed, keepReserved = false }: SoFar = NOTHING_YET,
): Entry[] {
  const counts = capCounts(caps);
  const holders = order.filter(entry => holding.has(entry.id));
  for (const holder of holders) counts.add(holder);
  const won = new Set<Entry>();
  let free = places - holders.length;
  const give = (entries: readonly Entry[], most: number): number => {
    const before = won.size;
    for (const entry of entries) {
      if (free <= 0 || won.size - before >= most) break;
      if (won.has(entry) || !counts.allow(entry)) continue;
      won.add(entry);
      counts.add(entry);
      free--;
    }
    return won.size - before;
  };
  const waiting = order.filter(entry => !holding.has(entry.id) && !passed.has(entry.id));
  const unattributed = new Set(holders);
  let kept = 0;
  for (const part of reserved) {
    const theirs = [...unattributed].filter(entry => isFor(part, entry)).slice(0, part.places);
    for (const entry of theirs) unattributed.delete(entry);
    const most = part.places - theirs.length;
    const given = give(
      waiting.filter(entry => isFor(part, entry)),
      most,
    );
    if (keepReserved) kept += most - given;
  }
  give(waiting, Math.max(0, free - kept));
  return order.filter(entry => won.has(entry));
}

const isFor = (reserved: Reserved, entry: DrawEntry): boolean =>
  reserved.for === 'ASSISTED' ? entry.stream === 'ASSISTED' : entry.rank !== null;

function capCounts(caps: AllotmentRules['caps']): {
  allow: (entry: DrawEntry) => boolean;
  add: (entry: DrawEntry) => void;
} {
  const counts = new Map<string, number>();
  const names = (entry: DrawEntry): [string, number][] =>
    entry.stream === 'ASSISTED'
      ? []
      : CAPPED.flatMap((on): [string, number][] => {
          const cap = caps[on];
          return cap === null || entry[on] === '' ? [] : [[`${on} ${entry[on]}`, cap]];
        });
  return {
    allow: entry => names(entry).every(([name, cap]) => (counts.get(name) ?? 0) < cap),
    add: entry => {
      for (const [name] of names(entry)) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
  };
}
