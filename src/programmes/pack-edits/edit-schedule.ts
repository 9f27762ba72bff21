import type { Antigen, Schedule, Series, SeriesDose, VaccineGroup } from '../../forecasting';
import { changedDose } from './edit-doses';
import { layIn, layOver } from './lay-over';
import type { PackEdits, SeriesChanges } from './pack-edit';
import type { Say } from './say';

/** A schedule after one edit; what keeps the edit from being made is said. */
type EditSchedule<Verb extends keyof PackEdits> = (
  schedule: Schedule,
  edit: PackEdits[Verb],
  say: Say,
) => Schedule;

export const setVaccine: EditSchedule<'setVaccine'> = (schedule, { codes = [], ...changes }) => {
  const { vaccines: vocabulary } = schedule.vocabulary;
  const maps = codes.reduce((known, { system, code }) => {
    const before = known.find(map => map.system === system)?.codes ?? {};
    return layIn(known, 'system', { system, codes: { ...before, [code]: changes.code } });
  }, vocabulary.maps ?? []);
  return {
    ...schedule,
    vaccines: layIn(schedule.vaccines, 'code', changes),
    vocabulary: {
      ...schedule.vocabulary,
      vaccines: layOver(vocabulary, codes.length > 0 ? { maps } : {}),
    },
  };
};

/** Its codes in other systems go with it; a rule that still names it is a fault. */
export const retireVaccine: EditSchedule<'retireVaccine'> = (schedule, { code }, say) => {
  if (!schedule.vaccines.some(vaccine => vaccine.code === code)) say('code', 'unknown-vaccine', { code });
  const { vaccines: vocabulary } = schedule.vocabulary;
  const maps = vocabulary.maps?.map(map => ({
    ...map,
    codes: Object.fromEntries(Object.entries(map.codes).filter(([, vaccine]) => vaccine !== code)),
  }));
  return {
    ...schedule,
    vaccines: schedule.vaccines.filter(vaccine => vaccine.code !== code),
    vocabulary: { ...schedule.vocabulary, vaccines: layOver(vocabulary, { maps }) },
  };
};

export const setVaccineGroup: EditSchedule<'setVaccineGroup'> = (schedule, { offered, ...changes }) => ({
  ...schedule,
  vaccineGroups: layIn<VaccineGroup>(schedule.vaccineGroups, 'code', changes),
  policy: offered === undefined ? schedule.policy : offering(schedule, changes.code, offered),
});

export const retireVaccineGroup: EditSchedule<'retireVaccineGroup'> = (schedule, { code }, say) => {
  if (!schedule.vaccineGroups.some(group => group.code === code)) say('code', 'unknown-group', { code });
  return {
    ...schedule,
    vaccineGroups: schedule.vaccineGroups.filter(group => group.code !== code),
    policy: schedule.policy.offeredGroups ? offering(schedule, code, false) : schedule.policy,
  };
};

/** A programme that says nothing of what it offers, offers every group. */
function offering({ policy, vaccineGroups }: Schedule, code: string, offered: boolean): Schedule['policy'] {
  const others = (policy.offeredGroups ?? vaccineGroups.map(group => group.code)).filter(
    group => group !== code,
  );
  if (offered && !policy.offeredGroups) return policy;
  return { ...policy, offeredGroups: offered ? [...others, code] : others };
}

export const setAntigen: EditSchedule<'setAntigen'> = (schedule, { series = [], ...changes }, say) => {
  const known = schedule.antigens.some(({ code }) => code === changes.code);
  const antigens = layIn<Antigen>(schedule.antigens, 'code', {
    ...(known ? {} : { series: [] }),
    ...changes,
  });
  return series.reduce<Schedule>((edited, one) => setSeries(edited, { ...one, antigen: changes.code }, say), {
    ...schedule,
    antigens,
  });
};

export const retireAntigen: EditSchedule<'retireAntigen'> = (schedule, { code }, say) => {
  if (!schedule.antigens.some(antigen => antigen.code === code)) say('code', 'unknown-antigen', { code });
  return { ...schedule, antigens: schedule.antigens.filter(antigen => antigen.code !== code) };
};

export const setSeries: EditSchedule<'setSeries'> = (schedule, { antigen: code, ...changes }, say) => {
  if (!schedule.antigens.some(antigen => antigen.code === code)) say('antigen', 'unknown-antigen', { code });
  return {
    ...schedule,
    antigens: schedule.antigens.map(antigen =>
      antigen.code === code ? { ...antigen, series: withSeries(antigen.series, changes) } : antigen,
    ),
  };
};

function withSeries(all: readonly Series[], { select, doses, ...changes }: SeriesChanges): Series[] {
  const before = all.find(({ name }) => name === changes.name);
  return layIn<Series>(all, 'name', {
    ...changes,
    ...(select ? { select: layOver<Series['select']>(before?.select ?? {}, select) } : {}),
    ...(doses ? { doses: doses.map(dose => changedDose({}, dose)) } : {}),
  });
}

export const retireSeries: EditSchedule<'retireSeries'> = (schedule, { name }, say) => {
  const antigens = schedule.antigens.map(antigen => ({
    ...antigen,
    series: antigen.series.filter(series => series.name !== name),
  }));
  if (countOf(antigens) === countOf(schedule.antigens)) say('name', 'unknown-series', { series: name });
  return { ...schedule, antigens };
};

const countOf = (antigens: readonly Antigen[]): number =>
  antigens.reduce((sum, { series }) => sum + series.length, 0);

/** Changes the doses of each series named. */
export function inEachSeries(
  schedule: Schedule,
  names: readonly string[],
  edit: (series: Series) => readonly SeriesDose[],
  say: Say,
): Schedule {
  const known = schedule.antigens.flatMap(({ series }) => series.map(({ name }) => name));
  for (const name of names) if (!known.includes(name)) say('series', 'unknown-series', { series: name });
  return {
    ...schedule,
    antigens: schedule.antigens.map(antigen => ({
      ...antigen,
      series: antigen.series.map(series =>
        names.includes(series.name) ? { ...series, doses: edit(series) } : series,
      ),
    })),
  };
}
