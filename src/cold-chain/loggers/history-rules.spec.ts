import { paceOf } from '../excursions/alarm-rules';
import { gapsOf, summarise } from './history-rules';

const pace = paceOf(10);
const rule = {
  side: 'high',
  celsius: 8,
  orAt: false,
  minutes: 600,
  counts: 'single',
  withinDays: null,
} as const;
const samples = [
  { minute: 0, celsius: 5 },
  { minute: 10, celsius: 9 },
  { minute: 20, celsius: null },
  { minute: 30, celsius: 4 },
  { minute: 60, celsius: 6 },
];

describe('what was measured of a time', () => {
  it('is summed up without what was not measured', () => {
    const limits = [{ storageClass: 'usual', rule }];

    expect(summarise(samples, pace, [{ from: 0, to: 100 }], limits)[0]).toMatchObject({
      readings: 5,
      measuredMinutes: 40,
      least: 4,
      most: 9,
      mean: 6,
      beyond: [{ storageClass: 'usual', minutes: 10 }],
    });
  });

  it('has no values where nothing was measured', () => {
    expect(summarise(samples, pace, [{ from: 100, to: 200 }], [])[0]).toEqual({
      readings: 0,
      measuredMinutes: 0,
      least: null,
      most: null,
      mean: null,
      meanKinetic: null,
      beyond: [],
    });
  });

  it('has gaps: between values that are too far apart, before the first and after the last', () => {
    expect(gapsOf(samples, pace, { from: -5, to: 100 })).toEqual([
      { from: -5, to: 0 },
      { from: 10, to: 30 },
      { from: 30, to: 60 },
      { from: 70, to: 100 },
    ]);
    expect(gapsOf([], pace, { from: 0, to: 5 })).toEqual([{ from: 0, to: 5 }]);
  });
});
