import type { Sample } from '../../codecs/temperature-loggers';
import { alarmsIn, type BearRule, bearingsOf, matters, measure, paceOf } from './alarm-rules';

const every10 = (start: number, ...celsius: (number | null)[]): Sample[] =>
  celsius.map((value, at) => ({ minute: start + at * 10, celsius: value }));
const warm: BearRule = {
  side: 'high',
  celsius: 8,
  orAt: false,
  minutes: 30,
  counts: 'single',
  withinDays: null,
};
const pace = paceOf(10);

describe('an alarm', () => {
  const stretches = (samples: Sample[], rule: BearRule) =>
    alarmsIn(samples, pace, [rule]).map(({ from, to }) => [from, to]);

  it('is raised by one stay that is long enough, from its beginning to its end', () => {
    expect(stretches(every10(0, 5, 9, 9, 9, 5), warm)).toEqual([[10, 40]]);
    expect(stretches(every10(0, 9, 9, 5, 9, 9, 5), warm)).toEqual([]);
  });

  it('is not raised across a gap: nobody knows what was in it', () => {
    expect(stretches([...every10(0, 9, 9), ...every10(60, 9, 9)], warm)).toEqual([]);
  });

  it('is raised by stays that are long enough together, within the days that count', () => {
    const together: BearRule = { ...warm, counts: 'cumulative', withinDays: 1 };

    expect(stretches(every10(0, 9, 9, 5, 9, 5), together)).toEqual([[0, 40]]);
    expect(stretches([...every10(0, 9, 9, 5), ...every10(1470, 9, 5)], together)).toEqual([]);
  });

  it('of a cumulative rule goes on while the next stay still counts', () => {
    const together: BearRule = { ...warm, counts: 'cumulative', withinDays: 1 };

    expect(stretches(every10(0, 9, 9, 9, 5, 9, 5), together)).toEqual([[0, 50]]);
  });

  it('of a cumulative rule counts only what is in its days of a stay that began before them', () => {
    const day: BearRule = { ...warm, minutes: 40, counts: 'cumulative', withinDays: 1 };
    const samples = [...every10(0, 9, 9, 9, 5), ...every10(1440, 9, 9, 5)];

    expect(stretches(samples, day)).toEqual([]);
    expect(stretches(samples, { ...day, minutes: 30 })).toEqual([[0, 1460]]);
  });

  it('is one matter with others less than a day away', () => {
    const at = (from: number, to: number) => ({ from, to });

    expect(matters([at(3000, 3100), at(0, 100), at(1539, 1600)])).toEqual([
      [at(0, 100), at(1539, 1600), at(3000, 3100)],
    ]);
    expect(matters([at(0, 100), at(1540, 1600)])).toHaveLength(2);
  });

  it('is measured by what was beyond the limit in it', () => {
    const samples = every10(0, 9, 12, 5, 8.5, 5);

    expect(measure(samples, pace, warm, { from: 0, to: 40 })).toEqual({ minutes: 30, furthest: 12 });
    expect(measure(samples, pace, warm, { from: 20, to: 30 })).toEqual({ minutes: 0, furthest: null });
  });
});

describe('what products bear', () => {
  const products = [
    { code: 'opv-20', vaccine: 'OPV' },
    { code: 'penta-1', vaccine: 'PENTA' },
  ];

  it('is WHO’s usual where the country says nothing', () => {
    const [usual] = bearingsOf([], products);

    expect(usual).toMatchObject({ keptAt: 'CHILLED', productCodes: ['opv-20', 'penta-1'] });
    expect(usual!.rules.map(({ side, celsius, minutes }) => [side, celsius, minutes])).toEqual([
      ['low', -0.5, 60],
      ['high', 8, 600],
    ]);
  });

  it('is what the country says of a vaccine, and usual for the others', () => {
    const alarms = [{ side: 'high', celsius: -15, minutes: 60, counts: { withinDays: 30 } }] as const;
    const found = bearingsOf([{ code: 'oral', keptAt: 'FROZEN', vaccines: ['OPV'], alarms }], products);

    expect(found.map(({ code, productCodes }) => [code, productCodes])).toEqual([
      ['oral', ['opv-20']],
      ['usual', ['penta-1']],
    ]);
    expect(found[0]!.rules[0]).toMatchObject({ orAt: false, counts: 'cumulative', withinDays: 30 });
  });
});
