import type { CivilDate } from '../../../src/common';
import { type CompiledSchedule, type DoseGiven, forecast, type Sex } from '../../../src/forecasting';

/** A dose recommended to a child, and the day. */
export interface Recommended {
  readonly vaccineGroup: string;
  /** Every vaccine that fully meets the dose, those that the schedule marks for it first. */
  readonly vaccines: readonly string[];
  readonly day: CivilDate;
}

/** A child, and from when to when, both inclusive, she comes for each dose on the day it is recommended. */
export interface Visitor {
  readonly birthDate: CivilDate;
  readonly sex: Sex;
  readonly from: CivilDate;
  readonly until: CivilDate;
}

/**
 * Takes a child through life, giving each dose on the day it is recommended, or on the day she first comes. Of several
 * vaccines that the schedule marks for a dose the first is given.
 * @throws when a dose is still recommended on the day it was given
 */
export function vaccinateOnTime(schedule: CompiledSchedule, visitor: Visitor): Recommended[] {
  const { birthDate, sex, until } = visitor;
  const doses: DoseGiven[] = [];
  const recommended: Recommended[] = [];
  for (let today = visitor.from; ;) {
    const next = nextVisit(schedule, { birthDate, sex, doses }, today, until);
    if (next.length === 0) return recommended;
    today = next.reduce((latest, { day }) => (day > latest ? day : latest), today);
    recommended.push(...next);
    const given = doses.length;
    for (const { vaccines } of next) giveOnce(doses, vaccines[0], today);
    if (doses.length === given)
      throw new Error(`${birthDate} ${today}: ${JSON.stringify(next)} after it was given`);
  }
}

/** All that is recommended on the first day on which anything is; days that have passed are today. */
function nextVisit(
  schedule: CompiledSchedule,
  child: { birthDate: CivilDate; sex: Sex; doses: readonly DoseGiven[] },
  today: CivilDate,
  until: CivilDate,
): Recommended[] {
  const open = forecast(schedule, child, today).groups.flatMap(group => {
    const { vaccineGroup, vaccines, preferableVaccines, recommended: day } = group;
    if (day === undefined || day > until) return [];
    return [{ vaccineGroup, vaccines: [...new Set([...vaccines, ...preferableVaccines])], day }];
  });
  const visit = open.reduce((first, { day }) => (day < first ? day : first), until);
  return open.filter(({ day }) => day <= (visit > today ? visit : today));
}

/** One injection of a vaccine on a day, whatever number of groups it is recommended for. */
function giveOnce(doses: DoseGiven[], vaccineCode: string | undefined, date: CivilDate): void {
  if (vaccineCode === undefined)
    throw new Error(`${date}: a dose is recommended and no vaccine marked for it`);
  if (doses.some(dose => dose.date === date && dose.vaccineCode === vaccineCode)) return;
  doses.push({ id: String(doses.length).padStart(3, '0'), vaccineCode, date });
}
