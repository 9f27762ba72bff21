import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addTo } from '../../common';
import { compileSchedule, forecast, type Person, type Schedule } from '../../forecasting';
import { rollForward, standings } from './roll-forward';

const COUNTRIES = join(__dirname, '../../../countries');
// names-a-country: two schedules that differ where this looks
const [GH, BD] = ['gh', 'bd'].map(code =>
  compileSchedule(JSON.parse(readFileSync(join(COUNTRIES, code, 'schedule.json'), 'utf8')) as Schedule),
);

const child = (birthDate: string): Person => ({ birthDate, sex: 'female', doses: [] });

describe('a child rolled forward', () => {
  it('comes on the very days the schedule recommends', () => {
    const doses = rollForward(GH!, child('2026-01-10'), { from: '2026-01-10', before: '2027-01-10' });

    const penta = doses.filter(({ vaccineCode }) => vaccineCode === 'DTWPHIBHEPB').map(({ day }) => day);
    const first = doses.filter(({ day }) => day === '2026-01-10').length;
    expect(first).toBeGreaterThan(1); // what is given at birth
    expect(penta).toEqual(['2026-02-21', '2026-03-21', '2026-04-18']); // 6, 10 and 14 weeks
  });

  it('gets what has been due for long on the first day', () => {
    const doses = rollForward(GH!, child('2025-06-01'), { from: '2026-11-22', before: '2026-11-23' });

    expect(new Set(doses.map(({ day }) => day))).toEqual(new Set(['2026-11-22']));
    expect(doses.length).toBeGreaterThan(3);
  });

  it('is due for nothing that can be given on any day of the period once she has come on all of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(GH!, BD!),
        fc.integer({ min: 0, max: 2500 }),
        fc.integer({ min: 1, max: 20 }),
        (schedule, age, months) => {
          const from = '2026-11-22';
          const person = child(addTo(from, { months: 0, days: -age }));
          const before = addTo(from, { months, days: 0 });
          const coming = rollForward(schedule, person, { from, before });
          const doses = coming.map((dose, at) => ({
            id: String(at).padStart(3, '0'),
            vaccineCode: dose.vaccineCode,
            date: dose.day,
          }));
          const last = addTo(before, { months: 0, days: -1 });
          const open = forecast(schedule, { ...person, doses }, last).groups.filter(
            group => group.recommended && group.recommended <= last && group.vaccines.length > 0,
          );
          expect(open).toEqual([]);
          expect(coming.every(({ day }) => day >= from && day < before)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('where a child stands', () => {
  it('is said once for each vaccine group, by what is most urgent', () => {
    const found = standings(GH!, child('2026-01-10'), '2026-11-22');

    expect(found.get('PENTA')).toBe('overdue');
    expect(found.get('MR')).toMatch(/due/);
  });
});
