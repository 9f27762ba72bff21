import fc from 'fast-check';
import { anyEntries, anyRules, anySeed, POLICIES } from '../../../../test/harness/worlds/any-draw';
import { allot, CAPPED, type DrawEntry, inDrawnOrder, lotKey, lotOf } from './draw-rules';

const anyPolicy = fc.constantFrom(...POLICIES);
const ids = (entries: readonly DrawEntry[]): string[] => entries.map(({ id }) => id);

/** fast-check prints the seed and the counterexample of a failed property. */
describe('the order', () => {
  test('is of everybody, each once, however the entries came', () => {
    fc.assert(
      fc.property(
        anyEntries,
        anySeed,
        anyPolicy,
        fc.infiniteStream(fc.nat()),
        (entries, seed, policy, dice) => {
          const shuffled = entries
            .map(entry => ({ entry, at: dice.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ entry }) => entry);
          const order = ids(inDrawnOrder(entries, policy, seed));
          expect(ids(inDrawnOrder(shuffled, policy, seed))).toEqual(order);
          expect([...order].sort()).toEqual(ids(entries).sort());
        },
      ),
    );
  });

  test('of a lottery is that of HMAC-SHA-256 as RFC 4231 has it', () => {
    // RFC 4231, test case 2: key "Jefe".
    expect(lotOf(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  test('of a ranked list never puts a later group first, and within a group goes by time', () => {
    fc.assert(
      fc.property(anyEntries, anySeed, (entries, seed) => {
        const order = inDrawnOrder(entries, 'RANK_THEN_TIME', seed);
        const keys = order.map(({ rank, enteredAt }) => `${rank ?? 9} ${enteredAt}`);
        expect(keys).toEqual([...keys].sort());
      }),
    );
  });

  test('is another one with another public value, so that who knows the seed does not know the lots', () => {
    const seed = Buffer.alloc(32, 7);
    expect(lotOf(lotKey(seed, '4 8 15 16 23 42'), 'x')).not.toBe(lotOf(lotKey(seed, '4 8 15 16 23 43'), 'x'));
  });
});

describe('the places', () => {
  test('go to nobody twice, past no cap, and none is left while somebody may have it', () => {
    fc.assert(
      fc.property(anyEntries, anyRules, anySeed, anyPolicy, (entries, rules, seed, policy) => {
        const order = inDrawnOrder(entries, policy, seed);
        const winners = allot(order, rules);
        expect(new Set(ids(winners)).size).toBe(winners.length);
        expect(winners.length).toBeLessThanOrEqual(rules.places);
        expect(overCap(winners, rules.caps)).toEqual([]);
        const others = order.filter(entry => !winners.includes(entry));
        const couldHave = others.filter(entry => overCap([...winners, entry], rules.caps).length === 0);
        expect(winners.length < rules.places ? couldHave : []).toEqual([]);
      }),
    );
  });

  test('that are given back go on, and whoever has one keeps it', () => {
    fc.assert(
      fc.property(anyEntries, anyRules, anySeed, fc.nat(), (entries, rules, seed, which) => {
        const order = inDrawnOrder(entries, 'LOTTERY', seed);
        const first = ids(allot(order, rules));
        const leaves = first[which % Math.max(1, first.length)];
        const holding = new Set(first.filter(id => id !== leaves));
        const passed = new Set(leaves ? [leaves] : []);
        const next = allot(order, rules, { holding, passed });
        expect(next.filter(({ id }) => holding.has(id) || passed.has(id))).toEqual([]);
        const all = order.filter(({ id }) => holding.has(id) || ids(next).includes(id));
        expect(all.length).toBeLessThanOrEqual(rules.places);
        expect(overCap(all, rules.caps)).toEqual([]);
      }),
    );
  });

  const entry = (id: string, more: Partial<DrawEntry> = {}): DrawEntry => ({
    id,
    stream: 'OWN',
    rank: null,
    enteredAt: '',
    account: '',
    device: '',
    network: '',
    ...more,
  });
  const uncapped = { account: null, device: null, network: null };

  test('kept for people who were helped go to them though their lots are last', () => {
    const order = [entry('a'), entry('b'), entry('helped', { stream: 'ASSISTED' })];
    const rules = { places: 2, reserved: [{ for: 'ASSISTED' as const, places: 1 }], caps: uncapped };
    expect(ids(allot(order, rules))).toEqual(['a', 'helped']);
  });

  test('kept for people who do not come go to everybody once entering is over, and not before', () => {
    const order = [entry('a'), entry('b')];
    const rules = { places: 2, reserved: [{ for: 'PRIORITY' as const, places: 1 }], caps: uncapped };
    const none = { holding: new Set<string>(), passed: new Set<string>() };
    expect(ids(allot(order, rules))).toEqual(['a', 'b']);
    expect(ids(allot(order, rules, { ...none, keepReserved: true }))).toEqual(['a']);
  });

  test('of one network end at its cap, and the next network has its turn', () => {
    const order = ['a', 'b', 'c'].map(id => entry(id, { network: 'n' })).concat(entry('d', { network: 'm' }));
    const rules = { places: 3, reserved: [], caps: { ...uncapped, network: 2 } };
    expect(ids(allot(order, rules))).toEqual(['a', 'b', 'd']);
  });
});

function overCap(entries: readonly DrawEntry[], caps: Record<string, number | null>): string[] {
  const own = entries.filter(({ stream }) => stream === 'OWN');
  return CAPPED.flatMap(on => {
    const tags = [...new Set(own.map(entry => entry[on]))].filter(tag => tag !== '');
    return tags.filter(tag => own.filter(entry => entry[on] === tag).length > (caps[on] ?? Infinity));
  });
}
