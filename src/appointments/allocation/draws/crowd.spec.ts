import fc from 'fast-check';
import { crowdOf, giveOut } from '../../../../test/harness/worlds/crowd';
import { POLICIES } from '../../../../test/harness/worlds/any-draw';

const caps = { account: 1, device: 2, network: 20 };
const rules = { places: 100, reserved: [], caps };
const seeds = fc.record({ crowd: fc.nat(), draw: fc.uint8Array({ minLength: 32, maxLength: 32 }) });

/** 1,000 scripted clients against 100 places; `npm run simulate:allocation` is the same with ten times as many. */
test.each(POLICIES)('%s: no account, device or network gets more than its cap', policy => {
  fc.assert(
    fc.property(seeds, ({ crowd, draw }) => {
      const { winners, most } = giveOut(crowdOf({ clients: 1_000, seed: crowd }), policy, rules, draw);
      expect(winners).toBe(100);
      expect(most.account).toBeLessThanOrEqual(caps.account);
      expect(most.device).toBeLessThanOrEqual(caps.device);
      expect(most.network).toBeLessThanOrEqual(caps.network);
    }),
    { numRuns: 20 },
  );
});

test('programs take what is given to whoever is first; in a lottery with caps people get their share and more', () => {
  const crowd = crowdOf({ clients: 1_000, seed: 1 });
  const seed = Buffer.alloc(32, 1);
  const uncapped = { ...rules, caps: { account: null, device: null, network: null } };
  expect(giveOut(crowd, 'FIRST_COME', uncapped, seed).honestWinners).toBe(0);
  expect(giveOut(crowd, 'LOTTERY', rules, seed).honestWinners).toBeGreaterThanOrEqual(90);
});
