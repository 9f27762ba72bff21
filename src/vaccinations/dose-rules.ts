import type { CivilDate } from '../common';
import {
  type CompiledSchedule,
  type DoseEvaluation,
  type DoseGiven,
  evaluate,
  type EvaluationReason,
  forecast,
  type ForecastReason,
  type GroupForecast,
  type Person,
} from '../forecasting';
import type { CountedDose } from './dose-record';

/** Why the schedule does not want a dose on that day. Clinical judgement may stand against it, with a reason. */
export type Objection =
  | { kind: 'too-early'; vaccineGroup: string; earliest: CivilDate; rule: string; reason: ForecastReason }
  | { kind: 'no-dose-needed'; vaccineGroup: string; status: string; rule: string; reason: ForecastReason }
  | { kind: 'not-suitable'; vaccineGroups: string[]; reasons: EvaluationReason[] };

/** How a dose would count, and what the schedule has against it; null when it counts for some vaccine group. */
export interface DoseDecision {
  counted: CountedDose[];
  objection: Objection | null;
}

/** Reasons against a dose that time alone will remove. */
const TOO_SOON: readonly EvaluationReason[] = ['too-young', 'interval-too-soon', 'live-vaccine-conflict'];

/** Says that a vaccine is not for that vaccine group, though it shares an antigen with it. */
const OTHER_VACCINE: EvaluationReason = 'not-a-preferable-or-allowable-vaccine';

/** From what speaks for a group to what speaks least: one antigen that needed the dose is enough. */
const BEST_FIRST: readonly DoseEvaluation['status'][] = ['valid', 'sub-standard', 'not-valid', 'extraneous'];

/**
 * Holds a dose against the schedule, beside the person's other doses, as seen on a day. It may stand anywhere among
 * them. A dose that is valid for one vaccine group is a dose to give, whatever it adds nothing to.
 */
export function decideDose(
  schedule: CompiledSchedule,
  person: Person,
  dose: DoseGiven,
  on: CivilDate,
): DoseDecision {
  const withIt = Object.assign({}, person, { doses: person.doses.concat(dose) });
  const evaluations = evaluate(schedule, withIt, on, dose.id);
  const counted = tellingOf(schedule, evaluations);
  if (counted.some(({ status }) => status === 'valid')) return { counted, objection: null };
  return { counted, objection: objectionTo(dose, counted, forecast(schedule, person, on).groups) };
}

/** How each of a person's doses counts beside all the others, as seen on a day, by its id. */
export function countAnew(
  schedule: CompiledSchedule,
  person: Person,
  on: CivilDate,
): ReadonlyMap<string, CountedDose[]> {
  const evaluations = evaluate(schedule, person, on);
  const ofDose = (id: string) => evaluations.filter(({ doseId }) => doseId === id);
  return new Map(person.doses.map(({ id }) => [id, tellingOf(schedule, ofDose(id))]));
}

/** The lines that say what a dose is, of its evaluations: those it is valid for; else those it was meant for. */
function tellingOf(schedule: CompiledSchedule, evaluations: readonly DoseEvaluation[]): CountedDose[] {
  const counted = countedOf(schedule, evaluations);
  const valid = counted.filter(({ status }) => status === 'valid');
  if (valid.length > 0) return valid;
  const meant = counted.filter(({ reasons }) => !reasons.includes(OTHER_VACCINE));
  return meant.length > 0 ? meant : counted;
}

/** One line for each vaccine group of what a dose counted for antigen by antigen. */
export function countedOf(schedule: CompiledSchedule, evaluations: readonly DoseEvaluation[]): CountedDose[] {
  const groups = distinct(evaluations.map(({ vaccineGroup }) => vaccineGroup));
  return groups.map(vaccineGroup => {
    const isOfGroup = (evaluation: DoseEvaluation): boolean => evaluation.vaccineGroup === vaccineGroup;
    const ofGroup = evaluations.every(isOfGroup) ? evaluations : evaluations.filter(isOfGroup);
    return lineOf(schedule, vaccineGroup, ofGroup);
  });
}

/** What speaks most for the group decides. */
function lineOf(
  { groups }: CompiledSchedule,
  vaccineGroup: string,
  ofGroup: readonly DoseEvaluation[],
): CountedDose {
  const status = BEST_FIRST.find(one => ofGroup.some(evaluation => evaluation.status === one))!;
  // As the forecast numbers it (CDSi FORECASTDN-2): a group given whole is as far as its slowest antigen.
  const full = groups.find(({ code }) => code === vaccineGroup)?.administerFullGroup;
  const reasons: EvaluationReason[] = [];
  let doseNumber: number | null = null;
  for (const decisive of ofGroup) {
    if (decisive.status !== status) continue;
    for (const reason of decisive.reasons) if (!reasons.includes(reason)) reasons.push(reason);
    const number: number | null = decisive.targetDoseNumber ?? doseNumber;
    if (number !== null)
      doseNumber = full ? Math.min(doseNumber ?? number, number) : Math.max(doseNumber ?? number, number);
  }
  return { vaccineGroup, doseNumber, status, reasons };
}

const distinct = <T>(few: readonly T[]): T[] => few.filter((one, at) => few.indexOf(one) === at);

function objectionTo(
  dose: DoseGiven,
  counted: readonly CountedDose[],
  groups: readonly GroupForecast[],
): Objection {
  const concerned = counted.flatMap(line => {
    const found = groups.find(({ vaccineGroup }) => vaccineGroup === line.vaccineGroup);
    return found ? [{ line, group: found }] : [];
  });
  const early = concerned
    .filter(
      ({ line, group }) => isTooSoon(line) && group.earliest !== undefined && group.earliest > dose.date,
    )
    .map(({ group }) => group)
    .sort((a, b) => (a.earliest! < b.earliest! ? -1 : 1))[0];
  if (early) {
    const { vaccineGroup, rule, reason } = early;
    return { kind: 'too-early', vaccineGroup, earliest: early.earliest!, rule, reason };
  }
  const closed = concerned.map(({ group }) => group).filter(({ status }) => status !== 'not-complete');
  if (closed[0] && closed.length === concerned.length) {
    const { vaccineGroup, status, rule, reason } = closed[0];
    return { kind: 'no-dose-needed', vaccineGroup, status, rule, reason };
  }
  const reasons = distinct(counted.flatMap(line => line.reasons));
  return { kind: 'not-suitable', vaccineGroups: counted.map(line => line.vaccineGroup), reasons };
}

const isTooSoon = ({ reasons }: CountedDose): boolean => reasons.some(reason => TOO_SOON.includes(reason));

/**
 * The birth date to reckon with when only its year or month is known: the last day it can be, so that nobody is
 * vaccinated too young; but not after the day asked about, nor after her first dose. `latest` is that last day.
 */
export function assumedBirthDate(
  latest: CivilDate,
  on: CivilDate,
  doses: readonly { givenOn: CivilDate }[],
): CivilDate {
  return doses.map(({ givenOn }) => givenOn).reduce((a, b) => (b < a ? b : a), latest < on ? latest : on);
}
