import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addTo, daysBetween } from '../../common';
import { type CompiledSchedule, compileSchedule, type Schedule } from '../../forecasting';
import type { PersonToPlan } from '../../registry';
import type { DoseForEngine } from '../dose-record';
import { keptForecast } from './kept-forecast';

const AREA = '01900000-0000-7000-8000-000000000001';
const TODAY = '2026-11-22';

const COUNTRIES = join(__dirname, '../../../countries');
const scheduleOf = (code: string): CompiledSchedule =>
  compileSchedule(JSON.parse(readFileSync(join(COUNTRIES, code, 'schedule.json'), 'utf8')) as Schedule);
const SCHEDULES = ['gh', 'bd', 'ar'].map(scheduleOf); // names-a-country: any packs would do

const record = (more: Partial<PersonToPlan> = {}): PersonToPlan => ({
  id: AREA,
  birthDate: '2026-05-05',
  birthDatePrecision: 'day',
  sex: 'female',
  areaId: AREA,
  facilityId: null,
  status: 'active',
  ...more,
});

const day = (count: number): string => addTo(TODAY, { months: 0, days: count });

/** A person of any age with any doses up to today. */
const histories = fc
  .record({
    schedule: fc.constantFrom(...SCHEDULES),
    age: fc.oneof(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 25_000 })),
    precision: fc.constantFrom('day' as const, 'day' as const, 'month' as const, 'year' as const),
    sex: fc.constantFrom('female', 'male', 'unknown'),
    doses: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 8 }),
  })
  .map(({ schedule, age, precision, sex, doses }) => ({
    schedule,
    record: record({ birthDate: day(-age), birthDatePrecision: precision, sex }),
    doses: doses.map(([vaccine, after], index): DoseForEngine => ({
      id: String(index).padStart(4, '0'),
      vaccineCode: schedule.vaccines[vaccine % schedule.vaccines.length]!.code,
      givenOn: day(-(after % (age + 1))),
      lotExpiresOn: '2030-01-01',
    })),
  }));

describe('a forecast that is kept', () => {
  it('stays what it is until the day it names, whoever she is and whatever she was given', () => {
    fc.assert(
      fc.property(histories, fc.nat(), ({ schedule, record: person, doses }, draw) => {
        const kept = keptForecast(schedule, person, doses, TODAY, AREA);
        const last = kept.validUntil ? daysBetween(TODAY, kept.validUntil) - 1 : 40_000;
        const later = [draw % (last + 1), last].map(
          count => keptForecast(schedule, person, doses, day(count), AREA).lines,
        );
        expect(later).toEqual([kept.lines, kept.lines]);
        expect(kept.validUntil === null || kept.validUntil > TODAY).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is made anew on the day a child becomes too old for a dose', () => {
    const [schedule] = SCHEDULES;
    const made: string[] = [];
    for (let on: string | null = TODAY; on && on < '2033';) {
      const kept = keptForecast(schedule!, record(), [], on, AREA);
      made.push(kept.lines.map(line => line.vaccineGroup).join());
      on = kept.validUntil;
    }

    expect(new Set(made).size).toBeGreaterThan(2); // some groups went, in several steps
  });

  it('says nothing of the dead and of those who have gone elsewhere', () => {
    for (const status of ['deceased', 'moved'] as const)
      expect(keptForecast(SCHEDULES[0]!, record({ status }), [], TODAY, AREA)).toMatchObject({
        lines: [],
        validUntil: null,
      });
  });

  it('of a child born this year, nobody knows when, is made anew every day', () => {
    const kept = keptForecast(
      SCHEDULES[0]!,
      record({ birthDate: '2026-01-01', birthDatePrecision: 'year' }),
      [],
      TODAY,
      AREA,
    );

    expect(kept.validUntil).toBe(day(1));
  });
});
