import { SpentProofs } from './spent-proofs';

const LASTS = 120_000;
const at = (ms: number): Date => new Date(Date.UTC(2030, 0, 1) + ms);

describe('proofs of possession', () => {
  it('of a session are taken once for as long as they are good, whenever they come', () => {
    const spent = new SpentProofs(LASTS);
    const taken: boolean[] = [];
    for (let ms = 0; ms < 4 * LASTS; ms += 7_000) {
      expect(spent.ofSession('key', `at ${ms}`, at(ms))).toBe(true);
      taken.push(
        spent.ofSession('key', `at ${ms}`, at(ms)),
        spent.ofSession('key', `at ${ms}`, at(ms + 5_000)),
      );
      for (let back = ms; back >= 0 && back > ms - LASTS; back -= 7_000)
        taken.push(spent.ofSession('key', `at ${back}`, at(ms)));
    }

    expect(taken).not.toContain(true);
  });

  it('of strangers, however many, push out none of a session', () => {
    const spent = new SpentProofs(LASTS);
    spent.ofSession('hers', 'one', at(0));
    spent.ofStranger('somebody', 'first', at(0));
    for (let i = 0; i < 100_000; i++) spent.ofStranger('somebody', String(i), at(1));

    expect(spent.ofSession('hers', 'one', at(2))).toBe(false);
    expect(spent.ofStranger('somebody', 'first', at(2))).toBe(true); // what is of nobody’s session may be forgotten
  });

  it('of one session, however many, push out none of another, nor her own', () => {
    const spent = new SpentProofs(LASTS);
    spent.ofSession('hers', 'one', at(0));
    for (let i = 0; i < 10_000; i++) spent.ofSession('greedy', String(i), at(1));

    expect(() => spent.ofSession('greedy', 'one more', at(2))).toThrow('RATE_LIMITED');
    expect(spent.ofSession('greedy', '0', at(2))).toBe(false);
    expect(spent.ofSession('hers', 'one', at(2))).toBe(false);
    expect(spent.ofSession('greedy', 'later', at(LASTS + 1))).toBe(true);
  });
});
