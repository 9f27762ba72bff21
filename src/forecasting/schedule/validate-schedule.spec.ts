import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schedule } from './schedule-format';
import { SCHEDULE_SCHEMA } from './schedule-schema';
import { validateSchedule } from './validate-schedule';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
const example = (): Schedule => JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '{}') as Schedule;
/** The example with other values at these JSON pointers. */
function changed(values: Readonly<Record<string, unknown>>): unknown {
  const schedule = example();
  for (const [pointer, value] of Object.entries(values)) {
    const path = pointer.split('/').slice(1);
    const last = path.pop()!;
    const parent = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], schedule);
    (parent as Record<string, unknown>)[last] = value;
  }
  return schedule;
}
const faultsOf = (json: unknown) => validateSchedule(json).map(({ path, code }) => `${path} ${code}`);

describe('validating a schedule', () => {
  it('accepts the example of the README', () => {
    expect(validateSchedule(example())).toEqual([]);
  });

  it('publishes the same JSON Schema that it checks with', () => {
    const file = join(__dirname, 'schedule.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(SCHEDULE_SCHEMA);
  });

  it('says where a misspelt property stands', () => {
    const json = changed({ '/antigens/0/series/0/doses/1/ages/0/minimun': '1 day' });
    expect(faultsOf(json)).toEqual(['/antigens/0/series/0/doses/1/ages/0 schema.additionalProperties']);
  });

  it('refuses an age that cannot be read', () => {
    const json = changed({ '/antigens/0/series/0/doses/1/ages/0/minimum': 'six weeks' });
    expect(faultsOf(json)).toEqual(['/antigens/0/series/0/doses/1/ages/0/minimum schema.pattern']);
  });

  it('refuses an age that nobody reaches', () => {
    const ages = '/antigens/0/series/0/doses/1/ages/0';
    const json = changed({
      [`${ages}/minimum`]: '999 years + 1 year',
      [`${ages}/earliestRecommended`]: '1 day - 2 years',
    });
    expect(faultsOf(json)).toEqual([
      `${ages}/minimum schema.pattern`,
      `${ages}/earliestRecommended schema.pattern`,
    ]);
  });

  it('refuses a product that is not in the vaccine list', () => {
    const json = changed({ '/antigens/0/series/0/doses/0/preferableVaccines/0/vaccine': 'MMR' });
    expect(validateSchedule(json)).toEqual([
      {
        path: '/antigens/0/series/0/doses/0/preferableVaccines/0/vaccine',
        code: 'unknown-vaccine',
        params: { vaccine: 'MMR' },
        reason: 'no vaccine has this code: MMR',
      },
    ]);
  });

  it('refuses a source, a group, an antigen and an observation that nothing defines', () => {
    const json = changed({
      '/antigens/0/series/0/doses/0/ages/0/source/minimum': 'hearsay',
      '/antigens/1/series/0/vaccineGroup': 'MMR',
      '/vaccineGroups/0/antigens/2': 'Mumps',
      '/antigens/1/immunity': { clinicalHistory: ['x'] },
    });
    expect(faultsOf(json).sort()).toEqual([
      '/antigens/0/series/0/doses/0/ages/0/source/minimum unknown-source',
      '/antigens/1/immunity/clinicalHistory/0 unknown-observation',
      '/antigens/1/series/0/vaccineGroup unknown-group',
      '/vaccineGroups/0/antigens/2 unknown-antigen',
    ]);
  });

  it('refuses a day that is not in the calendar and an interval from a later dose', () => {
    const json = changed({
      '/effectiveFrom': '2023-02-30',
      '/antigens/0/series/0/doses/1/preferableIntervals/0/from': { targetDose: 2 },
    });
    expect(faultsOf(json).sort()).toEqual([
      '/antigens/0/series/0/doses/1/preferableIntervals/0/from/targetDose unknown-target-dose',
      '/effectiveFrom date-does-not-exist',
    ]);
  });

  it('refuses what is not a schedule at all', () => {
    expect(validateSchedule(null)[0]?.path).toBe('');
    expect(validateSchedule([]).length).toBe(1);
    expect(validateSchedule({}).length).toBeGreaterThan(5);
  });
});
