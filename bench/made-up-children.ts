import { addSpan, type CalendarSpan, parseSpan, toCivilDate, toDayNumber } from '../src/common';
import type { Person, Schedule } from '../src/forecasting';

/** A vaccine that children are given at an age, as the schedule's own default series recommend. */
interface Planned {
  readonly vaccineCode: string;
  readonly age: CalendarSpan;
}

/** Ages in which the made-up children are spread evenly. */
const OLDEST_IN_DAYS = 5 * 365;
const LATEST_IN_DAYS = 90;

/** What the default series of a schedule would have a child given, each vaccine once an age. */
export function plannedDoses(schedule: Schedule): Planned[] {
  const planned = schedule.antigens
    .flatMap(({ series }) => series.filter(({ type, select }) => type === 'standard' && select.default))
    .flatMap(({ doses }) => doses)
    .flatMap(({ ages, preferableVaccines }) => {
      const age = ages?.at(-1)?.earliestRecommended;
      const vaccineCode = preferableVaccines?.[0]?.vaccine;
      return age === undefined || vaccineCode === undefined ? [] : [{ vaccineCode, age: parseSpan(age) }];
    });
  const once = planned.map(one => [`${one.vaccineCode} ${one.age.months} ${one.age.days}`, one] as const);
  return [...new Map(once).values()];
}

/**
 * One of a population of children under five on a day: each comes up to three months late and misses some of her
 * doses, some children more than others. The same seed and number give the same child.
 */
export function madeUpChild(planned: readonly Planned[], seed: number, number: number, on: string): Person {
  const chance = chanceOf(seed ^ Math.imul(number + 1, 0x9e37_79b1));
  const today = toDayNumber(on);
  const birth = today - Math.floor(chance() * OLDEST_IN_DAYS);
  const keepsAppointments = 0.6 + 0.4 * chance();
  const doses = planned.flatMap(({ vaccineCode, age }, i) => {
    const late = Math.floor(chance() ** 2 * LATEST_IN_DAYS);
    const day = addSpan(birth, age) + late;
    if (chance() > keepsAppointments || day > today) return [];
    return [{ id: `d${String(i).padStart(3, '0')}`, vaccineCode, date: toCivilDate(day) }];
  });
  return { birthDate: toCivilDate(birth), sex: chance() < 0.5 ? 'female' : 'male', doses };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
