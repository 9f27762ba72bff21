import fc from 'fast-check';
import type { Announcement } from '../../../src/appointments/allocation/draws/draw-files';
import { type DrawEntry, type Policy, sha256 } from '../../../src/appointments/allocation/draws/draw-rules';

export const POLICIES: readonly Policy[] = ['FIRST_COME', 'LOTTERY', 'RANK_THEN_TIME', 'RANK_THEN_LOT'];

const tag = fc.constantFrom('', 'a', 'b', 'c', 'd');

/** Any entries: few accounts, devices and networks, so that caps meet. */
export const anyEntries = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    stream: fc.constantFrom('OWN' as const, 'ASSISTED' as const),
    rank: fc.option(fc.integer({ min: 1, max: 4 })),
    enteredAt: fc
      .integer({ min: 0, max: 20 })
      .map(second => new Date(Date.UTC(2099, 0, 1, 0, 0, second)).toISOString()),
    account: tag,
    device: tag,
    network: tag,
  }),
  { selector: ({ id }) => id, maxLength: 40 },
) satisfies fc.Arbitrary<DrawEntry[]>;

const cap = fc.option(fc.integer({ min: 1, max: 4 }));
const reserved = fc.array(
  fc.record({
    for: fc.constantFrom('ASSISTED' as const, 'PRIORITY' as const),
    places: fc.integer({ min: 0, max: 8 }),
  }),
  { maxLength: 2 },
);

export const anyRules = fc.record({
  places: fc.integer({ min: 0, max: 25 }),
  reserved,
  caps: fc.record({ account: cap, device: cap, network: cap }),
});

export const anySeed = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** Any announcement, with the seed that it commits to and the public value, if it asks for one. */
export const anyDraw = fc
  .record({
    rules: anyRules,
    seed: anySeed,
    policy: fc.constantFrom(...POLICIES),
    publicValue: fc.option(fc.string()),
  })
  .map(({ rules, seed, policy, publicValue }) => {
    const announcement: Announcement = {
      draw: 'd',
      facility: 'f',
      session: 's',
      policy,
      ...rules,
      entriesFrom: '2099-01-01T00:00:00.000Z',
      entriesUntil: '2099-01-02T00:00:00.000Z',
      drawnFrom: '2099-01-02T01:00:00.000Z',
      confirmWithinSeconds: 3600,
      publicValue: publicValue === null ? null : 'a value that everybody sees',
      seedCommitment: sha256(seed),
    };
    return { announcement, seed, publicValue };
  });
