import { createHash } from 'node:crypto';
import {
  type AllotmentRules,
  allot,
  type CapOn,
  CAPPED,
  type DrawEntry,
  inDrawnOrder,
  type Policy,
} from '../../../src/appointments/allocation/draws/draw-rules';
import { randomFrom } from '../run/seed';

/** Nine of ten clients are people with a phone of their own; one of ten is a program, and programs share what they have. */
export interface Crowd {
  clients: number;
  /** Reproduces the crowd. */
  seed: number;
}

export interface Client extends DrawEntry {
  honest: boolean;
}

/** How the places were won. */
export interface Outcome {
  winners: number;
  honestWinners: number;
  /** The most places that one account, device and network got. */
  most: Record<CapOn, number>;
}

const OPENING = Date.UTC(2099, 0, 1);
/** People come through the window as they hear of it; programs are there in its first second. */
const WINDOW_MS = 3_600_000;
const PROGRAM_MS = 1_000;

/**
 * A crowd of clients. Programs belong to operators of forty clients each, who have ten accounts, four devices and two
 * networks; a network of people's has about thirty of them (a neighbourhood behind one provider's address block).
 */
export function crowdOf({ clients, seed }: Crowd): Client[] {
  const random = randomFrom(seed);
  const people = Math.round(clients * 0.9);
  const below = (n: number): number => Math.floor(random() * n);
  return Array.from({ length: clients }, (_, i) => {
    const honest = i < people;
    const operator = Math.floor((i - people) / 40);
    return {
      honest,
      id: uuidFrom(`${seed} ${i}`),
      stream: 'OWN' as const,
      rank: random() < 0.2 ? 1 + below(3) : null,
      enteredAt: new Date(OPENING + below(honest ? WINDOW_MS : PROGRAM_MS)).toISOString(),
      account: honest ? `person-${i}` : `operator-${operator}-${i % 10}`,
      device: honest ? `phone-${i}` : `operator-${operator}-${i % 4}`,
      network: honest ? `provider-${below(Math.ceil(people / 30))}` : `operator-${operator}-${i % 2}`,
    };
  });
}

/** Gives the places out to a crowd. */
export function giveOut(
  crowd: readonly Client[],
  policy: Policy,
  rules: AllotmentRules,
  drawSeed: Uint8Array,
): Outcome {
  const winners = allot(inDrawnOrder(crowd, policy, drawSeed), rules);
  const mostOf = (on: CapOn): number => {
    const counts = new Map<string, number>();
    for (const winner of winners) counts.set(winner[on], (counts.get(winner[on]) ?? 0) + 1);
    return Math.max(0, ...counts.values());
  };
  return {
    winners: winners.length,
    honestWinners: winners.filter(({ honest }) => honest).length,
    most: Object.fromEntries(CAPPED.map(on => [on, mostOf(on)])) as Record<CapOn, number>,
  };
}

const uuidFrom = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
