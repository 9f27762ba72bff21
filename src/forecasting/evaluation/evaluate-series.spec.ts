import { ask, dose, doses, madeUp, series, verdicts } from '../made-up.fixture';
import type { DoseGiven } from '../person';
import type { IntervalRule, SeriesDose } from '../schedule/schedule-format';

const on = '2025-01-01';

describe('a dose given at an age', () => {
  const schedule = madeUp([
    series([
      dose({ ages: [{ absoluteMinimum: '6 weeks - 4 days', minimum: '6 weeks', maximum: '1 year' }] }),
    ]),
  ]);

  it.each([
    ['2020-02-07', 'd1 not-valid too-young'],
    ['2020-02-08', 'd1 valid age-grace-period'],
    ['2020-02-12', 'd1 valid'],
    ['2020-12-31', 'd1 valid'],
    ['2021-01-01', 'd1 extraneous too-old'],
  ])('on %s is: %s', (date, verdict) => {
    expect(verdicts(ask(schedule, on, { doses: doses(date) }))).toEqual([verdict]);
  });

  it('is judged by the rule that held on the day it was given', () => {
    const changed = madeUp([
      series([
        dose({
          ages: [
            { absoluteMinimum: '6 weeks', effectiveTo: '2020-02-29' },
            { absoluteMinimum: '1 year', effectiveFrom: '2020-03-01' },
          ],
        }),
      ]),
    ]);
    expect(verdicts(ask(changed, on, { doses: doses('2020-02-29') }))).toEqual(['d1 valid']);
    expect(verdicts(ask(changed, on, { doses: doses('2020-03-01') }))).toEqual(['d1 not-valid too-young']);
  });

  it('has the grace days of the country where the rule gives a minimum only', () => {
    const rule = series([dose({ ages: [{ minimum: '6 weeks' }] })]);
    const strict = madeUp([rule], { policy: { monthEnd: 'roll-forward', graceDays: 0 } });
    const lenient = madeUp([rule], { policy: { monthEnd: 'roll-forward', graceDays: 4 } });
    expect(verdicts(ask(strict, on, { doses: doses('2020-02-11') }))).toEqual(['d1 not-valid too-young']);
    expect(verdicts(ask(lenient, on, { doses: doses('2020-02-11') }))).toEqual(['d1 valid age-grace-period']);
  });
});

describe('a dose given after an interval', () => {
  const from = (interval: IntervalRule) =>
    madeUp([series([dose(), dose({ preferableIntervals: [interval] }), dose()])]);
  const fourWeeks = { absoluteMinimum: '4 weeks - 4 days', minimum: '4 weeks' };

  it('counts from the dose before, valid or not', () => {
    const schedule = from({ from: { previousDose: true }, ...fourWeeks });
    const answer = ask(schedule, on, {
      doses: doses('2020-03-01', '2020-03-24', '2020-03-26', '2020-04-20'),
    });
    expect(verdicts(answer)).toEqual([
      'd1 valid',
      'd2 not-valid interval-too-soon',
      'd3 not-valid interval-too-soon',
      'd4 valid interval-grace-period',
    ]);
  });

  it('does not count from a dose that was unfit', () => {
    const schedule = from({ from: { previousDose: true }, ...fourWeeks });
    const given = doses('2020-03-01', '2020-03-20', '2020-03-29');
    given[1] = { ...given[1]!, condition: 'cold-chain-break' };
    expect(verdicts(ask(schedule, on, { doses: given }))).toEqual([
      'd1 valid',
      'd2 sub-standard dose-condition',
      'd3 valid',
    ]);
  });

  it('counts from the dose that met a target dose', () => {
    const schedule = madeUp([
      series([
        dose(),
        dose(),
        dose({ preferableIntervals: [{ from: { targetDose: 1 }, absoluteMinimum: '16 weeks' }] }),
      ]),
    ]);
    const answer = ask(schedule, on, {
      doses: doses('2020-01-01', '2020-02-01', '2020-04-21', '2020-04-22'),
    });
    expect(verdicts(answer).slice(2)).toEqual(['d3 not-valid interval-too-soon', 'd4 valid']);
  });

  it('counts from the most recent dose of a vaccine, and from an observation', () => {
    const sinceLive = from({ from: { mostRecentOf: ['L'] }, absoluteMinimum: '8 weeks' });
    const live = { id: 'd0', vaccineCode: 'L', date: '2020-03-01' };
    expect(
      verdicts(ask(sinceLive, on, { doses: [live, ...doses('2020-02-01', '2020-04-25', '2020-04-26')] })),
    ).toEqual(['d1 valid', 'd2 not-valid interval-too-soon', 'd3 valid']);
    const sincePregnancy = from({ from: { observation: 'pregnant' }, absoluteMinimum: '27 weeks' });
    const pregnant = { observations: [{ code: 'pregnant', date: '2024-01-01' }] };
    const given = { doses: doses('2020-02-01', '2024-07-07', '2024-07-08') };
    expect(verdicts(ask(sincePregnancy, on, { ...pregnant, ...given }))).toEqual([
      'd1 valid',
      'd2 not-valid interval-too-soon',
      'd3 valid',
    ]);
  });

  it('is accepted by an allowable interval where the preferable one fails', () => {
    const schedule = madeUp([
      series([
        dose(),
        dose({
          preferableIntervals: [{ from: { previousDose: true }, absoluteMinimum: '8 weeks' }],
          allowableIntervals: [{ from: { previousDose: true }, absoluteMinimum: '4 weeks' }],
        }),
      ]),
    ]);
    expect(verdicts(ask(schedule, on, { doses: doses('2020-03-01', '2020-03-29') }))).toEqual([
      'd1 valid',
      'd2 valid',
    ]);
    expect(verdicts(ask(schedule, on, { doses: doses('2020-03-01', '2020-03-28') }))[1]).toBe(
      'd2 not-valid interval-too-soon',
    );
  });
});

describe('a live vaccine', () => {
  const schedule = madeUp([series([dose({ preferableVaccines: [{ vaccine: 'XL' }] })])], {
    liveVaccineConflicts: [
      { previous: ['L'], current: ['XL'], begin: '1 day', minimumEnd: '24 days', end: '28 days' },
    ],
  });
  const after = (date: string) =>
    verdicts(
      ask(schedule, on, {
        doses: [
          { id: 'd0', vaccineCode: 'L', date: '2021-01-01' },
          { id: 'd1', vaccineCode: 'XL', date },
        ],
      }),
    );

  it('does not count too soon after another, whatever that one is against', () => {
    expect(after('2021-01-02')).toEqual(['d1 not-valid live-vaccine-conflict']);
    expect(after('2021-01-24')).toEqual(['d1 not-valid live-vaccine-conflict']);
    expect(after('2021-01-25')).toEqual(['d1 valid']);
  });

  it('counts on the same day', () => {
    expect(after('2021-01-01')).toEqual(['d1 valid']);
  });

  it('is forecast after the longer time', () => {
    const answer = ask(schedule, '2021-01-10', {
      doses: [{ id: 'd0', vaccineCode: 'L', date: '2021-01-01' }],
    });
    expect(answer.groups[0]).toMatchObject({ earliest: '2021-01-29', reason: 'vaccine-conflict' });
  });
});

describe('a vaccine', () => {
  const give = (rule: SeriesDose, given: Partial<DoseGiven>) =>
    verdicts(ask(madeUp([series([rule])]), on, { doses: [{ ...doses('2021-01-01')[0]!, ...given }] }));

  it('that is allowable counts; one that is neither does not', () => {
    const rule = {
      preferableVaccines: [{ vaccine: 'XL' }],
      allowableVaccines: [{ vaccine: 'X', endAge: '2 years' }],
    };
    expect(give(rule, {})).toEqual(['d1 valid']);
    expect(give(rule, { date: '2022-01-01' })).toEqual([
      'd1 not-valid not-a-preferable-or-allowable-vaccine vaccine-age-out-of-range',
    ]);
    expect(give({ preferableVaccines: [{ vaccine: 'XL' }] }, {})).toEqual([
      'd1 not-valid not-a-preferable-or-allowable-vaccine',
    ]);
  });

  it('named inadvertent never counts', () => {
    expect(give({ preferableVaccines: [{ vaccine: 'XL' }], inadvertentVaccines: ['X'] }, {})).toEqual([
      'd1 not-valid inadvertent-vaccine',
    ]);
  });

  it('of one brand is known by its name, however it is written', () => {
    const rule = { preferableVaccines: [{ vaccine: 'X', tradeName: 'EXA-VAX ADULT' }] };
    expect(give(rule, { tradeName: 'Exa Vax adult' })).toEqual(['d1 valid']);
    expect(give(rule, { tradeName: 'Wyvax' })[0]).toContain('trade-name-differs');
  });

  it('of too small a volume counts with a remark', () => {
    const rule = { preferableVaccines: [{ vaccine: 'X', volumeMl: 0.5 }] };
    expect(give(rule, { volumeMl: 0.25 })).toEqual(['d1 valid volume-below-recommended']);
  });

  it('of an expired lot does not count from the day after, a month of expiry being its last day', () => {
    expect(give(dose(), { lotExpiry: '2021-01-01' })).toEqual(['d1 valid']);
    expect(give(dose(), { lotExpiry: '2020-12' })).toEqual(['d1 sub-standard lot-expired']);
    expect(give(dose(), { lotExpiry: '2021-01' })).toEqual(['d1 valid']);
  });
});

describe('a series', () => {
  it('leaves further doses extraneous once complete', () => {
    const answer = ask(madeUp([series([dose()])]), on, { doses: doses('2021-01-01', '2022-01-01') });
    expect(verdicts(answer)).toEqual(['d1 valid', 'd2 extraneous series-already-complete']);
    expect(answer.groups[0]?.status).toBe('complete');
  });

  it('with a recurring dose is never complete', () => {
    const tenYearly = {
      from: { previousDose: true as const },
      minimum: '10 years',
      earliestRecommended: '10 years',
    };
    const schedule = madeUp([series([dose(), dose({ recurring: true, preferableIntervals: [tenYearly] })])]);
    const answer = ask(schedule, '2041-01-01', { doses: doses('2020-02-01', '2030-02-01', '2040-02-01') });
    expect(verdicts(answer)).toEqual(['d1 valid', 'd2 valid', 'd3 valid']);
    expect(answer.groups[0]).toMatchObject({
      status: 'not-complete',
      targetDoseNumber: 4,
      earliest: '2050-02-01',
    });
  });
});
