import fc from 'fast-check';
import { bornFor, codeFrom, fitsAge, normaliseCode, openPoolFor } from './appointment-rules';
import { availabilityOf } from './availability/availability-rules';

const born = (earliest: string, latest = earliest) => ({ earliest, latest });

describe('the age that a session is for', () => {
  const infants = { minAge: '6 weeks', maxAge: '12 months' };

  it('includes its first day and not its last', () => {
    expect(fitsAge(born('2030-01-01'), infants, '2030-02-11')).toBe(false);
    expect(fitsAge(born('2030-01-01'), infants, '2030-02-12')).toBe(true);
    expect(fitsAge(born('2030-01-01'), infants, '2030-12-31')).toBe(true);
    expect(fitsAge(born('2030-01-01'), infants, '2031-01-01')).toBe(false);
  });

  it('excludes nobody because her birthday is not known', () => {
    expect(fitsAge(born('2030-01-01', '2030-12-31'), infants, '2030-02-12')).toBe(true);
    expect(fitsAge(born('2030-01-01', '2030-12-31'), infants, '2031-12-30')).toBe(true);
    expect(fitsAge(born('2030-01-01', '2030-12-31'), infants, '2031-12-31')).toBe(false);
  });

  it('is everybody’s where no age is set', () => {
    expect(fitsAge(born('1930-01-01'), { minAge: null, maxAge: null }, '2030-01-01')).toBe(true);
  });

  it('is met by whoever is exactly that old today', () => {
    expect(bornFor('9 months', '2030-10-04')).toEqual({ earliest: '2030-01-04', latest: '2030-01-04' });
  });
});

describe('the counter that somebody takes from', () => {
  it('is the only one, or that of her dose, or none while she has not said which', () => {
    expect(openPoolFor([{ pool: 'any' }, { pool: 'walk-in' }], 2)).toBe('any');
    expect(openPoolFor([{ pool: 'dose-1' }, { pool: 'dose-2' }], 2)).toBe('dose-2');
    expect(openPoolFor([{ pool: 'dose-1' }], null)).toBeNull();
  });
});

describe('free places', () => {
  const count = (
    pool: 'any' | 'dose-1' | 'dose-2' | 'walk-in' | 'assisted',
    capacity: number,
    held = 0,
    booked = 0,
  ) => ({
    pool,
    capacity,
    held,
    booked,
  });

  it('are what is neither held nor booked, walk-in places apart and assisted ones not shown', () => {
    const pools = [count('any', 10, 2, 3), count('walk-in', 4, 0, 1), count('assisted', 7)];

    expect(availabilityOf(pools, null)).toEqual({
      places: [{ doseNumber: null, free: 5 }],
      free: 5,
      walkInFree: 3,
    });
  });

  it('are those of the dose asked about, and add up to all', () => {
    const pools = [count('dose-2', 4, 1), count('dose-1', 6, 0, 6)];

    expect(availabilityOf(pools, 1).free).toBe(0);
    expect(availabilityOf(pools, 2).free).toBe(3);
    expect(availabilityOf(pools, null)).toMatchObject({
      free: 3,
      places: [
        { doseNumber: 1, free: 0 },
        { doseNumber: 2, free: 3 },
      ],
    });
  });
});

describe('a check-in code', () => {
  it('is read as it was meant, however it was written down', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), bytes => {
        const code = codeFrom(bytes);
        const written = `${code.slice(0, 3)}-${code.slice(3)} `
          .toLowerCase()
          .replaceAll('0', 'o')
          .replaceAll('1', 'l');

        expect(normaliseCode(written)).toBe(code);
      }),
    );
  });
});
