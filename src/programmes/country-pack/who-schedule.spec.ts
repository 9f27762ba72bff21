import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSchedule, lintSchedule, type Schedule } from '../../forecasting';
import { runGolden, type GoldenCase } from '.';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../../countries/who', name), 'utf8'));
const schedule = read('schedule.json') as Schedule;
const golden = (read('golden.json') as { cases: GoldenCase[] }).cases;
const options = schedule.options ?? [];
const series = schedule.antigens.flatMap(antigen => antigen.series);
const withOptions = (...chosen: string[]): Schedule => ({
  ...schedule,
  policy: { ...schedule.policy, options: chosen },
});

describe("WHO's default schedule", () => {
  it('is sound', () => {
    expect(() => compileSchedule(schedule)).not.toThrow();
    expect(lintSchedule(schedule)).toEqual([]);
  });

  it('covers every vaccine that WHO has decision tables for', () => {
    // DTP, one of the 23, is three antigens.
    expect(schedule.antigens).toHaveLength(25);
    expect(series.filter(one => !one.options)).toEqual([]);
  });

  it.each(options.map(({ code }) => code))('is sound for a country that chooses %s', code => {
    expect(series.filter(one => one.options?.includes(code))).not.toEqual([]);
    expect(lintSchedule(withOptions(code))).toEqual([]);
  });

  it('names each decision table of WHO once', () => {
    const tables = options.flatMap(({ references }) => references ?? []);
    expect(new Set(tables).size).toBe(tables.length);
  });

  it('forecasts its golden cases as WHO says', () => {
    expect(golden.length).toBeGreaterThanOrEqual(30);
    expect(runGolden({ schedule, golden })).toEqual([]);
  });

  it('has golden cases for every antigen that all countries vaccinate against', () => {
    const groups = new Set(golden.flatMap(({ expect: expected }) => expected.map(({ group }) => group)));
    const chosen = series.filter(one => one.options!.some(code => schedule.policy.options!.includes(code)));
    expect(chosen.map(({ vaccineGroup }) => vaccineGroup).filter(group => !groups.has(group))).toEqual([]);
  });

  it('knows the vaccines and observations of its golden cases', () => {
    const known = new Set([...schedule.vaccines, ...(schedule.observations ?? [])].map(({ code }) => code));
    const used = golden.flatMap(({ doses, observations }) => [
      ...doses.map(({ vaccine }) => vaccine),
      ...(observations ?? []).map(({ code }) => code),
    ]);
    expect(used.filter(code => !known.has(code))).toEqual([]);
  });
});
