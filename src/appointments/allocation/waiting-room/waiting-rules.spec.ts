import fc from 'fast-check';
import { inLine } from './waiting-rules';

const now = new Date('2099-01-01T00:00:00Z');
const after = (ms: number): Date => new Date(now.getTime() + ms);

test('whose time has come is not in the line', () => {
  expect(inLine(now, now, { perMinute: 60, burst: 1 })).toEqual({ position: 0, ahead: 0, etaMinutes: 0 });
});

test('at sixty a minute, whoever is let in in ninety seconds has eighty-nine before her', () => {
  expect(inLine(after(90_000), now, { perMinute: 60, burst: 1 })).toEqual({
    position: 90,
    ahead: 89,
    etaMinutes: 2,
  });
});

test('as time goes by nobody moves back', () => {
  const drawn = fc.record({
    left: fc.nat(3_600_000),
    passed: fc.nat(3_600_000),
    perMinute: fc.integer({ min: 1, max: 10_000 }),
  });
  fc.assert(
    fc.property(drawn, ({ left, passed, perMinute }) => {
      const pace = { perMinute, burst: 1 };
      expect(inLine(after(left), after(passed), pace).position).toBeLessThanOrEqual(
        inLine(after(left), now, pace).position,
      );
    }),
  );
});
