import { ask, dose, doses, madeUp, series } from '../made-up.fixture';

const schedule = madeUp([series([dose(), dose()])], {
  vaccines: [
    { code: 'X', name: { en: 'X' }, antigens: [{ antigen: 'Xitis', endAge: '50 years' }] },
    { code: '08', name: { en: 'X too' }, antigens: [{ antigen: 'Xitis' }] },
    { code: 'XL', name: { en: 'X live' }, antigens: [] },
    { code: 'L', name: { en: 'L' }, antigens: [] },
  ],
});
const findings = (person: Parameters<typeof ask>[2]) =>
  ask(schedule, '2021-01-01', person).findings.map(({ code, doseId, params }) => [code, doseId, params]);

describe('records that cannot be used', () => {
  it('are named, each with its reason, and left out', () => {
    const given = [
      { id: 'a', vaccineCode: 'Z', date: '2020-06-01' },
      { id: 'b', vaccineCode: 'X', date: '2019-12-31' },
      { id: 'c', vaccineCode: 'X', date: '2021-01-02' },
      { id: 'd', vaccineCode: 'X', date: '2020-13-01' },
      { id: 'e', vaccineCode: 'X', date: '2020-06-01', lotExpiry: 'soon' },
    ];
    expect(findings({ doses: given })).toEqual([
      ['unknown-vaccine', 'a', { vaccine: 'Z' }],
      ['dose-before-birth', 'b', { date: '2019-12-31' }],
      ['future-dose', 'c', { date: '2021-01-02' }],
      ['invalid-date', 'd', { date: '2020-13-01' }],
      ['invalid-date', 'e', { lotExpiry: 'soon' }],
    ]);
    expect(ask(schedule, '2021-01-01', { doses: given }).evaluations).toEqual([]);
  });

  it('of observations are named too', () => {
    const observations = [{ code: 'moonstruck' }, { code: 'pregnant', date: '2022-01-01' }];
    expect(findings({ observations })).toEqual([
      ['unknown-observation', undefined, { observation: 'moonstruck' }],
      ['future-observation', undefined, { observation: 'pregnant', date: '2022-01-01' }],
    ]);
  });

  it('include a birth after the day asked about', () => {
    expect(findings({ birthDate: '2021-01-02' })).toEqual([
      ['born-after-assessment', undefined, { birthDate: '2021-01-02', on: '2021-01-01' }],
    ]);
  });
});

describe('a history', () => {
  it('names the second of two equal doses of a day and keeps both', () => {
    const given = doses('2020-06-01', '2020-06-01');
    expect(findings({ doses: given })).toEqual([
      ['duplicate-dose', 'd2', { date: '2020-06-01', vaccine: 'X', duplicateOf: 'd1' }],
    ]);
    expect(ask(schedule, '2021-01-01', { doses: given }).evaluations).toHaveLength(2);
  });

  it('knows equal doses by whichever code they were recorded', () => {
    const given = ['08', 'X', '8'].map((vaccineCode, i) => ({
      id: `d${i}`,
      vaccineCode,
      date: '2020-06-01',
    }));
    expect(findings({ doses: given })).toEqual([
      ['duplicate-dose', 'd2', { date: '2020-06-01', vaccine: '8', duplicateOf: 'd0' }],
    ]);
  });

  it('reads codes of mapped systems, and numbers with or without their zeros', () => {
    const given = ['X-plus', '8', '08'].map((vaccineCode, i) => ({
      id: `d${i}`,
      vaccineCode,
      date: `2020-0${i + 2}-01`,
    }));
    expect(ask(schedule, '2021-01-01', { doses: given }).evaluations).toHaveLength(3);
    expect(findings({ doses: given })).toEqual([]);
  });

  it('counts a vaccine for an antigen only at the ages the schedule says', () => {
    const person = { birthDate: '1960-01-01', doses: doses('2009-12-31', '2010-01-01') };
    expect(ask(schedule, '2021-01-01', person).evaluations.map(({ doseId }) => doseId)).toEqual(['d1']);
  });
});
