import { ask, dose, madeUp, series } from '../made-up.fixture';
import type { Schedule, SeriesDose } from '../schedule/schedule-format';

const vaccine = { preferableVaccines: [{ vaccine: 'XY', recommend: true }] };
const alone = { allowableVaccines: [{ vaccine: 'Y' }] };
const from = (minimum: string, rule: SeriesDose = {}) =>
  dose({ ...vaccine, ages: [{ minimum, earliestRecommended: minimum }], ...rule });

function twoAntigens(
  x: readonly SeriesDose[],
  y: readonly SeriesDose[],
  administerFullGroup = false,
): Schedule {
  const ofY = series(
    y.map(rule => ({ ...rule, ...alone })),
    { name: 'Ypox standard', vaccineGroup: 'XY' },
  );
  return madeUp([], {
    vocabulary: { vaccines: { system: 'made-up' } },
    vaccineGroups: [{ code: 'XY', antigens: ['Xitis', 'Ypox'], administerFullGroup }],
    vaccines: [
      { code: 'XY', name: { en: 'Combined' }, antigens: [{ antigen: 'Xitis' }, { antigen: 'Ypox' }] },
      { code: 'Y', name: { en: 'Y alone' }, antigens: [{ antigen: 'Ypox' }] },
    ],
    antigens: [
      {
        code: 'Xitis',
        series: [series(x, { vaccineGroup: 'XY' })],
        immunity: { clinicalHistory: ['had-xitis'] },
      },
      { code: 'Ypox', series: [ofY], contraindications: { group: [{ observation: 'pregnant' }] } },
    ],
  });
}
const given = (...of: [string, string][]) => ({
  doses: of.map(([vaccineCode, date], i) => ({ id: `d${i}`, vaccineCode, date })),
});

describe('a vaccine group of several antigens', () => {
  it('is due when the first antigen is recommended and the last may be given', () => {
    const schedule = twoAntigens([from('6 weeks')], [from('9 weeks')]);
    expect(ask(schedule, '2020-01-01').groups).toEqual([
      expect.objectContaining({
        earliest: '2020-03-04',
        recommended: '2020-03-04',
        antigens: ['Xitis', 'Ypox'],
        vaccines: ['XY'],
      }),
    ]);
  });

  it('names only the antigens still needed, and complete only with all', () => {
    const schedule = twoAntigens([from('6 weeks')], [from('6 weeks')]);
    const partly = ask(schedule, '2021-01-01', given(['Y', '2020-06-01'])).groups[0];
    expect(partly).toMatchObject({ status: 'not-complete', antigens: ['Xitis'] });
    expect(ask(schedule, '2021-01-01', given(['XY', '2020-06-01'])).groups[0]?.status).toBe('complete');
    const immune = { ...given(['Y', '2020-06-01']), observations: [{ code: 'had-xitis' }] };
    expect(ask(schedule, '2021-01-01', immune).groups[0]?.status).toBe('complete');
  });

  it('counts the lower dose number where the full vaccine is given, else the higher', () => {
    const twice = [from('6 weeks'), from('9 weeks')];
    const number = (full: boolean) =>
      ask(twoAntigens(twice, twice, full), '2021-01-01', given(['Y', '2020-06-01'])).groups[0]
        ?.targetDoseNumber;
    expect([number(true), number(false)]).toEqual([1, 2]);
  });

  it('is contraindicated when one antigen is', () => {
    const schedule = twoAntigens([from('6 weeks')], [from('6 weeks')]);
    expect(ask(schedule, '2021-01-01', { observations: [{ code: 'pregnant' }] }).groups[0]?.status).toBe(
      'contraindicated',
    );
  });

  it('follows the earliest antigen where its interval overrides, but not before the last dose', () => {
    const soon = { from: { previousDose: true as const }, minimum: '0 days', override: true };
    const schedule = twoAntigens(
      [from('6 weeks')],
      [from('1 day'), from('1 day', { preferableIntervals: [soon] })],
    );
    const answer = ask(schedule, '2020-03-01', given(['Y', '2020-01-10']));
    expect(answer.groups[0]).toMatchObject({ earliest: '2020-01-10' });
  });
});

describe('a vaccine group that the programme does not offer', () => {
  it('is evaluated and not forecast', () => {
    const schedule = {
      ...twoAntigens([from('6 weeks')], [from('6 weeks')]),
      policy: { monthEnd: 'roll-forward' as const, offeredGroups: [] },
    };
    const answer = ask(schedule, '2021-01-01', given(['XY', '2020-06-01']));
    expect(answer.groups).toEqual([]);
    expect(answer.evaluations).toHaveLength(2);
  });
});
