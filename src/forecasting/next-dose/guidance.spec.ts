import { ask, dose, doses, madeUp, series } from '../made-up.fixture';

describe('the guidance that comes with a forecast', () => {
  const shake = { en: 'Shake well' };
  const text = { en: 'Do not vaccinate in pregnancy' };
  const guidance = { en: 'Ask for the last period' };
  const atWork = { observation: 'health-worker', endAge: '1 year', text: { en: 'For those who nurse' } };
  const schedule = madeUp(
    [series([dose()], { guidance: [shake], indications: [atWork] })],
    {},
    {
      contraindications: {
        group: [{ observation: 'pregnant', text, guidance }, { observation: 'had-xitis' }],
      },
    },
  );
  const told = (person: Parameters<typeof ask>[2] = {}) =>
    ask(schedule, '2022-01-01', person).groups[0]!.guidance;

  it("is the series' own, as long as a dose is needed", () => {
    expect(told()).toEqual([{ about: 'series', guidance: shake }]);
    expect(told({ doses: doses('2021-01-01') })).toEqual([]);
  });

  it('is that of every indication observed', () => {
    expect(told({ observations: [{ code: 'health-worker' }] })).toContainEqual({
      about: 'indication',
      observation: 'health-worker',
      text: { en: 'For those who nurse' },
    });
  });

  it('is that of every contraindication observed, also where nothing is due', () => {
    expect(told({ observations: [{ code: 'pregnant' }, { code: 'had-xitis' }] })).toEqual([
      { about: 'contraindication', observation: 'pregnant', text, guidance },
    ]);
  });

  it('says the same thing once, for a group of several antigens', () => {
    const [xitis] = schedule.antigens;
    const yitis = { ...xitis!, code: 'Yitis', series: [{ ...xitis!.series[0]!, name: 'Yitis standard' }] };
    const both = {
      ...schedule,
      vaccineGroups: [{ code: 'X', antigens: ['Xitis', 'Yitis'] }],
      antigens: [xitis!, yitis],
    };
    expect(ask(both, '2022-01-01').groups[0]!.guidance).toEqual([{ about: 'series', guidance: shake }]);
  });
});
