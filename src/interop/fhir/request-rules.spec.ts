import fc from 'fast-check';
import { answerTo, asking, given } from './made-up.fixture';

const faultsOf = (body: unknown): string[] => {
  const answer = answerTo(body);
  return 'faults' in answer ? answer.faults : [];
};

describe('a request of $immds-forecast', () => {
  it('has a day and a patient, and all else as it likes', () => {
    expect(faultsOf(asking())).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'Parameters'],
    ['another resource', { resourceType: 'Bundle', parameter: [] }],
    ['parameters without a name', { resourceType: 'Parameters', parameter: [{}] }],
  ])('is not %s', (_, body) => {
    expect(faultsOf(body)).not.toEqual([]);
  });

  it('names the day and the patient once each', () => {
    expect(faultsOf({ resourceType: 'Parameters', parameter: [] })).toEqual([
      'Parameters.parameter interop.invalid.once',
      'Parameters.parameter interop.invalid.once',
    ]);
    expect(faultsOf(asking({ name: 'assessmentDate', valueDate: '2025-06-02' }))).toEqual([
      'Parameters.parameter interop.invalid.once',
    ]);
  });

  it.each(['2025-02-30', '1899-12-31', '2200-01-01', '2025-06'])(
    'is about a day that exists: not %s',
    day => {
      const body = { ...asking(), parameter: [{ name: 'assessmentDate', valueDate: day }, patient] };

      expect(faultsOf(body)).toEqual(['Parameters.parameter interop.invalid.day']);
    },
  );

  it('holds no parameter that is not known: it could be what forbids a vaccine', () => {
    expect(faultsOf(asking({ name: 'familyHistory', resource: {} }))).toEqual([
      'Parameters.parameter[2].name interop.invalid.parameter',
    ]);
  });

  it('holds what FHIR asks of an immunization, and says where it does not', () => {
    const lame = given('2025-02-12', {
      status: 'done',
      occurrenceDateTime: '12 February',
      patient: undefined,
    });

    expect(faultsOf(asking(JSON.parse(JSON.stringify(lame))))).toEqual([
      'Parameters.parameter[2].resource.patient interop.invalid.required',
      'Parameters.parameter[2].resource.status interop.invalid.code',
      'Parameters.parameter[2].resource.occurrenceDateTime interop.invalid.format',
    ]);
  });

  it('says when a dose was given', () => {
    expect(faultsOf(asking(given('', { occurrenceDateTime: undefined })))).toEqual([
      'Parameters.parameter[2].resource.occurrence interop.invalid.required',
    ]);
  });

  it.each(['Patient/q', 'https://elsewhere.example/fhir/Patient/q', 'Patient/q/_history/1'])(
    'is about one person: no record of %s is taken for hers',
    reference => {
      expect(faultsOf(asking(given('2025-02-12', { patient: { reference } })))).toEqual([
        'Parameters.parameter[2].resource interop.invalid.otherPatient',
      ]);
    },
  );

  it('is read or refused, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), body => void answerTo(body)));
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (resource, more) => {
        answerTo(asking({ name: 'immunization', resource }, { name: 'observation', resource: more }));
      }),
    );
  });
});

const patient = { name: 'patient', resource: { resourceType: 'Patient', birthDate: '2025-01-01' } };
