import type { ImmunizationEvaluation, ImmunizationRecommendation, Parameters } from 'fhir/r4';
import { type CompiledSchedule, forecast, type PersonForecast } from '../../../src/forecasting';
import { type AnswerContext, forecastAnswer } from '../../../src/interop/fhir/answer-rules';
import { DATE_CRITERIA, DUE_STATUS, FORECAST_STATUS } from '../../../src/interop/fhir/code-systems';
import { engineRecord } from '../../../src/interop/fhir/record-rules';
import { readForecastRequest } from '../../../src/interop/fhir/request-rules';
import { faultsByFhirSchema } from '../../harness/fhir-schema';
import { skipUnless } from '../../harness/run/skip';
import { type CdsiCase, compileRelease, DATA, personOf, readCases, releases } from './schedule-cases';

const CVX = 'http://hl7.org/fhir/sid/cvx';
const PATIENT = { reference: 'Patient/case' };

/** A case of CDC's as another system would ask it over FHIR. */
function asParameters({ patient, assessmentDate, doses }: CdsiCase): object {
  const { sex } = personOf({ patient, doses: [] } as unknown as CdsiCase);
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'assessmentDate', valueDate: assessmentDate },
      {
        name: 'patient',
        resource: { resourceType: 'Patient', id: 'case', gender: sex, birthDate: patient.dob },
      },
      ...doses.map(({ seq, date, cvx, mvx, vaccineName }) => ({
        name: 'immunization',
        resource: {
          resourceType: 'Immunization',
          id: `dose-${seq}`,
          status: 'completed',
          patient: PATIENT,
          vaccineCode: { coding: [{ system: CVX, code: cvx }], ...(vaccineName && { text: vaccineName }) },
          occurrenceDateTime: date,
          ...(mvx && { manufacturer: { identifier: { system: 'http://hl7.org/fhir/sid/mvx', value: mvx } } }),
        },
      })),
      ...patient.observations.map(({ code, date }) => ({
        name: 'observation',
        resource: {
          resourceType: 'Observation',
          status: 'final',
          subject: PATIENT,
          code: { coding: [{ system: 'cdsi', code }] },
          ...(date && { effectiveDateTime: date }),
        },
      })),
    ],
  };
}

const plain: AnswerContext['wording'] = { say: key => key, name: text => text?.['en'] };

function askedOverFhir(schedule: CompiledSchedule, one: CdsiCase): Parameters {
  const request = readForecastRequest(asParameters(one));
  if (Array.isArray(request)) throw new Error(JSON.stringify(request));
  const record = engineRecord(request, schedule);
  const found = forecast(schedule, record.person, request.on);
  return forecastAnswer(found, { schedule, record, patient: PATIENT, wording: plain })!;
}

const resources = <R>({ parameter = [] }: Parameters, wanted: string): R[] =>
  parameter.flatMap(({ name, resource }) => (name === wanted ? [resource as R] : []));

/** What an answer says of each vaccine group, in the words that {@link saidByEngine} has too. */
function saidOverFhir(answer: Parameters): unknown {
  const [recommendations] = resources<ImmunizationRecommendation>(answer, 'recommendation');
  const groups = recommendations!.recommendation.map(one => {
    const dates = new Map(one.dateCriterion?.map(({ code, value }) => [code.coding?.[0]?.code, value]));
    return {
      group: one.targetDisease?.coding?.at(-1)?.code,
      status: one.forecastStatus.coding?.map(({ code }) => code),
      series: one.series,
      dose: one.doseNumberPositiveInt,
      earliest: dates.get('30981-5'),
      recommended: dates.get('30980-7'),
      pastDue: dates.get('59778-1'),
      latest: dates.get('59777-3'),
    };
  });
  const doses = resources<ImmunizationEvaluation>(answer, 'evaluation').map(one => ({
    dose: one.immunizationEvent.reference,
    antigen: one.targetDisease.coding?.at(-1)?.code,
    series: one.series,
    status: one.doseStatus.coding?.[0]?.code,
    number: one.doseNumberPositiveInt,
    reasons: (one.doseStatusReason ?? []).map(({ coding }) => coding?.at(-1)?.code),
  }));
  return { groups, doses };
}

function saidByEngine({ groups, evaluations }: PersonForecast): unknown {
  return {
    groups: groups.map(group => ({
      group: group.vaccineGroup,
      status: [FORECAST_STATUS[group.status], DUE_STATUS[group.dueStatus]].flatMap(one => one?.code ?? []),
      series: group.seriesName,
      dose: group.targetDoseNumber,
      earliest: group.earliest,
      recommended: group.recommended,
      pastDue: group.pastDue,
      latest: group.latest,
    })),
    doses: evaluations.map(one => ({
      dose: `Immunization/dose-${Number(one.doseId)}`,
      antigen: one.antigen,
      series: one.seriesName,
      status: one.status === 'valid' ? 'valid' : 'notvalid',
      number: one.targetDoseNumber,
      reasons: one.reasons,
    })),
  };
}

const folder = releases().at(-1);
const suites = ['healthy', 'underlying'].map(suite => ({ suite, cases: readCases<CdsiCase>('cdsi', suite) }));

skipUnless(folder && suites[0]!.cases.length > 0, `no CDSi cases in ${DATA}`)(
  "CDC's cases, asked as $immds-forecast",
  () => {
    const schedule = folder ? compileRelease(folder) : undefined;

    it('name the dates of a dose by four codes of LOINC', () => {
      expect(Object.values(DATE_CRITERIA).map(({ code }) => code)).toEqual([
        '30981-5',
        '30980-7',
        '59778-1',
        '59777-3',
      ]);
    });

    it.each(suites)('are answered as the engine answers them: $suite', ({ cases }) => {
      const differing = cases.filter(one => {
        const engine = saidByEngine(forecast(schedule!, personOf(one), one.assessmentDate));
        return !isSame(saidOverFhir(askedOverFhir(schedule!, one)), engine);
      });

      expect(differing.map(({ id }) => id)).toEqual([]);
    });

    it.each(suites)('are answered in valid FHIR R4: $suite', ({ cases }) => {
      const faults = cases.flatMap(one => {
        const answer = askedOverFhir(schedule!, one);
        return faultsByFhirSchema(answer).map(fault => `${one.id}: ${fault}`);
      });

      expect(faults).toEqual([]);
    });
  },
);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
