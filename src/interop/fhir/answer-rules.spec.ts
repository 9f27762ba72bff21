import type { ImmunizationEvaluation, ImmunizationRecommendation, OperationOutcome } from 'fhir/r4';
import { answerTo, asking, given } from './made-up.fixture';

interface Told {
  evaluations: ImmunizationEvaluation[];
  next: ImmunizationRecommendation['recommendation'][number];
  issues: (string | undefined)[];
}

function told(body: object): Told {
  const answer = answerTo(body);
  if ('faults' in answer) throw new Error(answer.faults.join());
  const all = <R>(wanted: string): R[] =>
    (answer.parameter ?? []).flatMap(({ name, resource }) => (name === wanted ? [resource as R] : []));
  const [recommendation] = all<ImmunizationRecommendation>('recommendation');
  const issues = all<OperationOutcome>('outcome').flatMap(({ issue }) => issue);
  return {
    evaluations: all('evaluation'),
    next: recommendation!.recommendation[0]!,
    issues: issues.map(({ details }) => details?.coding?.[0]?.code),
  };
}

const observed = (otherwise: object, name = 'observation', resourceType = 'Observation'): object => ({
  name,
  resource: {
    resourceType,
    status: 'final',
    subject: { reference: 'Patient/p' },
    patient: { reference: 'Patient/p' },
    code: { coding: [{ system: 'urn:facts', code: 'A1' }] },
    ...otherwise,
  },
});
const codes = (concept: { coding?: { code?: string }[] } | undefined) =>
  concept?.coding?.map(({ code }) => code);

describe('the recommendation', () => {
  it('gives the dates under their LOINC codes, the dose and the series', () => {
    const { next } = told(asking());

    expect(next).toMatchObject({
      series: 'Xitis, two doses',
      doseNumberPositiveInt: 1,
      seriesDosesPositiveInt: 2,
      dateCriterion: [
        { code: { coding: [{ code: '30981-5' }] }, value: '2025-02-12' },
        { code: { coding: [{ code: '30980-7' }] }, value: '2025-02-12' },
      ],
    });
    expect(codes(next.forecastStatus)).toEqual(['notComplete', 'due']);
  });

  it('says which rule of which schedule decided, and what the schedule has to say', () => {
    expect(told(asking()).next.description).toMatch(/^made-up 1: \S.*\nFestina lente\.$/);
  });

  it('names the vaccine in the schedule’s code and in every other that is read as it', () => {
    expect(told(asking()).next.vaccineCode).toEqual([
      {
        coding: [
          { system: 'urn:made-up:vaccines', code: 'X' },
          { system: 'urn:wide', code: '07' },
        ],
        text: 'X vaccine',
      },
      { coding: [{ system: 'urn:fine', code: 'X-adult' }], text: 'X vaccine' },
      { coding: [{ system: 'urn:fine', code: 'X-child' }], text: 'X vaccine' },
    ]);
  });

  it('of a complete series has a status and the doses that made it so, and no dates', () => {
    const { next } = told(asking(given('2025-02-12', { id: 'one' }), given('2025-03-12', { id: 'two' })));

    expect(codes(next.forecastStatus)).toEqual(['complete', 'complete']);
    expect(next.dateCriterion).toBeUndefined();
    expect(next.supportingImmunization).toEqual([
      { reference: 'Immunization/one' },
      { reference: 'Immunization/two' },
    ]);
  });
});

describe('a dose of the request', () => {
  it('is evaluated under its own id, its identifier or its place', () => {
    const identifier = [{ system: 'urn:cards', value: '7' }];
    const { evaluations } = told(
      asking(given('2025-02-12', { id: 'one' }), given('2025-03-12', { identifier }), given('2025-04-12')),
    );

    expect(evaluations.map(({ immunizationEvent }) => immunizationEvent)).toEqual([
      { reference: 'Immunization/one' },
      { type: 'Immunization', identifier: identifier[0] },
      { type: 'Immunization', display: 'Parameters.parameter[4].resource' },
    ]);
    expect(evaluations.map(({ doseStatus }) => codes(doseStatus))).toEqual([
      ['valid', 'valid'],
      ['valid', 'valid'],
      ['notvalid', 'extraneous'],
    ]);
  });

  it('counts on the day written, whatever the offset', () => {
    const { evaluations } = told(asking(given('2025-02-12T00:30:00+14:00')));

    expect(codes(evaluations[0]!.doseStatus)).toEqual(['valid', 'valid']);
  });

  it('is known by any coding that the schedule maps, with or without leading zeros', () => {
    const coding = [{ system: 'urn:else', code: 'X' }, { code: 'X' }, { system: 'urn:wide', code: '7' }];

    expect(told(asking(given('2025-02-12', { vaccineCode: { coding } }))).evaluations).toHaveLength(1);
  });

  it.each([
    ['without a system', { coding: [{ code: 'X' }] }],
    ['of another system', { coding: [{ system: 'urn:else', code: 'X' }] }],
    ['in words alone', { text: 'X' }],
  ])('%s is nobody’s guess: it is left out and named', (_, vaccineCode) => {
    expect(told(asking(given('2025-02-12', { vaccineCode })))).toMatchObject({
      evaluations: [],
      issues: ['unknown-vaccine'],
    });
  });

  it('that was not given or was entered in error is none', () => {
    const body = asking(
      given('2025-02-12', { status: 'not-done' }),
      given('2025-02-12', { status: 'entered-in-error' }),
    );

    expect(told(body)).toMatchObject({ evaluations: [], issues: [] });
  });

  it('of an expired lot, or subpotent, does not count, and it says why', () => {
    const { evaluations } = told(
      asking(given('2025-02-12', { expirationDate: '2025-01' }), given('2025-03-12', { isSubpotent: true })),
    );

    expect(evaluations.map(one => [codes(one.doseStatus), codes(one.doseStatusReason?.[0])])).toEqual([
      [
        ['notvalid', 'sub-standard'],
        ['expired', 'lot-expired'],
      ],
      [['notvalid', 'sub-standard'], ['dose-condition']],
    ]);
  });
});

describe('a fact of the request', () => {
  it.each([
    ['an observation', observed({})],
    ['an observation that is true', observed({ valueBoolean: true })],
    [
      'an observation whose value it is',
      observed({ code: { text: 'x' }, valueCodeableConcept: fact('urn:facts', 'A1') }),
    ],
    [
      'an observation in the schedule’s own code',
      observed({ code: fact('urn:tikasetu:observations', 'allergic') }),
    ],
    ['a condition', observed({}, 'condition', 'Condition')],
    ['an allergy', observed({}, 'allergyIntolerance', 'AllergyIntolerance')],
  ])('forbids the vaccine as %s', (_, record) => {
    const { next, issues } = told(asking(record));

    expect(codes(next.forecastStatus)).toEqual(['contraindicated', 'contraindicated']);
    expect(issues).toEqual([]);
  });

  it.each([
    ['observed as false', observed({ valueBoolean: false })],
    ['entered in error', observed({ status: 'entered-in-error' })],
    ['refuted', observed({ verificationStatus: fact('s', 'refuted') }, 'condition', 'Condition')],
  ])('forbids nothing when it was %s', (_, record) => {
    expect(told(asking(record))).toMatchObject({ issues: [], next: { doseNumberPositiveInt: 1 } });
  });

  it.each([
    ['over', observed({ clinicalStatus: fact('s', 'resolved') }, 'condition', 'Condition'), 'not-active'],
    ['a measurement', observed({ valueQuantity: { value: 3 } }), 'value-not-understood'],
    ['not in any rule', observed({ code: fact('urn:facts', 'Z9') }), 'unknown-observation'],
  ])('is named when it could not be used: %s', (_, record, issue) => {
    expect(told(asking(record))).toMatchObject({ issues: [issue], next: { doseNumberPositiveInt: 1 } });
  });

  it('whose day is not known forbids the vaccine all the same', () => {
    const { next, issues } = told(asking(observed({ effectiveDateTime: '2025-03' })));

    expect(codes(next.forecastStatus)).toContain('contraindicated');
    expect(issues).toEqual(['date-not-used']);
  });
});

describe('a birth date of which only the month is known', () => {
  const bornInMay = (...records: object[]): object => {
    const { parameter } = asking(...records) as { parameter: object[] };
    const patient = { name: 'patient', resource: { resourceType: 'Patient', birthDate: '2025-05' } };
    return { resourceType: 'Parameters', parameter: parameter.with(1, patient) };
  };

  it('is taken as late as it can be, so that nobody is vaccinated too young', () => {
    const { next, issues } = told(bornInMay());

    expect(next.dateCriterion?.[0]?.value).toBe('2025-07-12');
    expect(issues).toEqual(['birth-date-assumed']);
  });

  it('is not after a dose that was given', () => {
    expect(
      told(bornInMay(given('2025-05-20'))).evaluations[0]?.doseStatusReason?.[0]?.coding?.[0]?.code,
    ).toBe('tooyoung');
  });
});

function fact(system: string, code: string) {
  return { coding: [{ system, code }] };
}
