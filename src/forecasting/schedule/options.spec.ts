import { ask, dose, doses, madeUp, series } from '../made-up.fixture';
import { lintSchedule } from './lint-schedule';
import type { Schedule } from './schedule-format';
import { validateSchedule } from './validate-schedule';

const early = series([dose({ ages: [{ minimum: '9 months' }] })], { options: ['early'] });
const late = series([dose({ ages: [{ minimum: '12 months' }] })], { name: 'Xitis late', options: ['late'] });
const options = [
  { code: 'early', title: { en: 'At nine months' }, decision: 'xitis' },
  { code: 'late', title: { en: 'At twelve months' }, decision: 'xitis' },
];
const choosing = (...chosen: string[]): Schedule =>
  madeUp([early, late], { options, policy: { monthEnd: 'roll-forward', options: chosen } });

describe('the options of a schedule', () => {
  it('decide which series are part of the programme', () => {
    expect(ask(choosing('early'), '2020-06-01').groups).toMatchObject([{ earliest: '2020-10-01' }]);
    expect(ask(choosing('late'), '2020-06-01').groups).toMatchObject([{ earliest: '2021-01-01' }]);
  });

  it('leave an antigen out for which the country has chosen none', () => {
    expect(ask(choosing(), '2020-06-01', { doses: doses('2020-05-01') })).toMatchObject({
      groups: [],
      evaluations: [],
      findings: [],
    });
  });

  it('are defined before they are chosen or belonged to', () => {
    const faults = validateSchedule({ ...choosing('early', 'never'), options: [options[0]] });
    expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unknown-option /policy/options/1',
      'unknown-option /antigens/0/series/1/options/0',
    ]);
  });

  it('exclude each other within one decision', () => {
    expect(lintSchedule(choosing('late'))).toEqual([]);
    expect(lintSchedule(choosing('early', 'late'))).toContainEqual(
      expect.objectContaining({ code: 'several-options-of-a-decision', path: '/policy/options/1' }),
    );
  });
});
