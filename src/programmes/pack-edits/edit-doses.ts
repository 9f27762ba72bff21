import type { AgeRule, IntervalFrom, IntervalRule, Series, SeriesDose } from '../../forecasting';
import type { AgeChanges, DoseChanges, IntervalChanges, PackEdits } from './pack-edit';
import { layOver, laySpans } from './lay-over';
import type { Say } from './say';

const INTERVAL_SPANS = ['absoluteMinimum', 'minimum', 'earliestRecommended', 'latestRecommended'] as const;
const AGE_SPANS = [...INTERVAL_SPANS, 'maximum'] as const;

/** A series' doses after one edit, or what keeps it from being made. */
type EditDoses<Edit> = (series: Series, edit: Edit, say: Say) => readonly SeriesDose[];

export const addDose: EditDoses<PackEdits['addDose']> = ({ doses, name }, edit, say) => {
  const at = edit.at ?? doses.length + 1;
  if (at < 1 || at > doses.length + 1) say('at', 'unknown-dose', { series: name, dose: at });
  const moved = doses.map(dose => recount(dose, number => (number >= at ? number + 1 : number)));
  return [...moved.slice(0, at - 1), changedDose({}, edit), ...moved.slice(at - 1)];
};

export const changeDose: EditDoses<PackEdits['changeDose']> = ({ doses, name }, edit, say) => {
  if (!doses[edit.number - 1]) say('number', 'unknown-dose', { series: name, dose: edit.number });
  return doses.map((dose, d) => (d === edit.number - 1 ? changedDose(dose, edit) : dose));
};

/** The doses after it move up; an interval that is counted from it would be counted from another, so it is a fault. */
export const retireDose: EditDoses<PackEdits['retireDose']> = ({ doses, name }, { number }, say) => {
  if (!doses[number - 1]) say('number', 'unknown-dose', { series: name, dose: number });
  const others = doses.filter((_, d) => d !== number - 1);
  if (others.some(dose => targetsOf(dose).includes(number)))
    say('number', 'dose-counted-from', { series: name, dose: number });
  return others.map(dose => recount(dose, target => (target > number ? target - 1 : target)));
};

export const setInterval: EditDoses<PackEdits['setInterval']> = ({ doses, name }, edit, say) => {
  if (!doses[edit.dose - 1]) say('dose', 'unknown-dose', { series: name, dose: edit.dose });
  return doses.map((dose, d) => (d === edit.dose - 1 ? withInterval(dose, edit) : dose));
};

export const retireInterval: EditDoses<PackEdits['retireInterval']> = ({ doses, name }, edit, say) => {
  const list = listOf(edit);
  const known = doses[edit.dose - 1]?.[list]?.some(({ from }) => sameEvent(from, edit.from));
  if (!known) say('from', 'unknown-interval', { series: name, dose: edit.dose });
  return doses.map((dose, d) => {
    if (d !== edit.dose - 1) return dose;
    const left = dose[list]?.filter(({ from }) => !sameEvent(from, edit.from)) ?? [];
    return layOver<SeriesDose>(dose, { [list]: left.length > 0 ? left : null });
  });
};

/** A dose with changes laid over it; a new dose is laid over nothing. */
export function changedDose(dose: SeriesDose, changes: DoseChanges): SeriesDose {
  const { title, age, intervals = [], vaccines, allowableVaccines, recurring, season } = changes;
  const laid = layOver<SeriesDose>(dose, {
    title,
    preferableVaccines: vaccines,
    allowableVaccines,
    recurring,
    season,
    ...(age ? { ages: changedAges(dose.ages ?? [], age) } : {}),
  });
  return intervals.reduce(withInterval, laid);
}

/** The rule in force is the last; those before it held in other times and stay. */
function changedAges(ages: readonly AgeRule[], { source, ...changes }: AgeChanges): AgeRule[] {
  return [...ages.slice(0, -1), laySpans<AgeRule>(ages.at(-1) ?? {}, changes, AGE_SPANS, source)];
}

function withInterval(dose: SeriesDose, interval: IntervalChanges): SeriesDose {
  const { from, source, absoluteMinimum, minimum, earliestRecommended, latestRecommended, override } =
    interval;
  const changes = { absoluteMinimum, minimum, earliestRecommended, latestRecommended, override };
  const list = listOf(interval);
  const rules: readonly IntervalRule[] = dose[list] ?? [];
  const at = rules.findLastIndex(rule => sameEvent(rule.from, from));
  const laid = laySpans<IntervalRule>(rules[at] ?? { from }, changes, INTERVAL_SPANS, source);
  return { ...dose, [list]: at < 0 ? [...rules, laid] : rules.with(at, laid) };
}

const listOf = ({ allowable }: { readonly allowable?: boolean }) =>
  allowable ? ('allowableIntervals' as const) : ('preferableIntervals' as const);

const sameEvent = (one: IntervalFrom, other: IntervalFrom): boolean => eventOf(one) === eventOf(other);
const eventOf = (from: IntervalFrom): string =>
  JSON.stringify(Object.entries(from).filter(([, value]) => value !== undefined));

/** The numbers of the target doses that a dose's intervals are counted from. */
const targetsOf = (dose: SeriesDose): number[] =>
  [...(dose.preferableIntervals ?? []), ...(dose.allowableIntervals ?? [])].flatMap(({ from }) =>
    'targetDose' in from ? [from.targetDose] : [],
  );

/** The same dose where the doses of its series have got other numbers. */
function recount(dose: SeriesDose, numberOf: (number: number) => number): SeriesDose {
  const counted = <R extends { readonly from: IntervalFrom }>(rules: readonly R[] | undefined) =>
    rules?.map(rule =>
      'targetDose' in rule.from ? { ...rule, from: { targetDose: numberOf(rule.from.targetDose) } } : rule,
    );
  return layOver<SeriesDose>(dose, {
    preferableIntervals: counted(dose.preferableIntervals),
    allowableIntervals: counted(dose.allowableIntervals),
  });
}
