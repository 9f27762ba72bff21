import type { Parameters } from 'fhir/r4';
import { type CompiledSchedule, compileSchedule, forecast, SCHEDULE_FORMAT } from '../../forecasting';
import { forecastAnswer } from './answer-rules';
import { engineRecord } from './record-rules';
import { readForecastRequest } from './request-rules';

/** For tests: a country that does not exist, with two doses against Xitis at six and ten weeks. */
export const madeUp: CompiledSchedule = compileSchedule({
  format: SCHEDULE_FORMAT,
  code: 'made-up',
  version: '1',
  effectiveFrom: '2020-01-01',
  title: { en: 'Made up' },
  sources: [{ id: 'none', title: 'None', publisher: 'Nobody', year: 2020 }],
  policy: { monthEnd: 'roll-forward' },
  vocabulary: {
    vaccines: {
      system: 'urn:made-up:vaccines',
      maps: [
        { system: 'urn:wide', codes: { '07': 'X' } },
        { system: 'urn:fine', codes: { 'X-adult': 'X', 'X-child': 'X' } },
      ],
    },
  },
  vaccineGroups: [{ code: 'X', name: { en: 'Xitis' }, antigens: ['Xitis'] }],
  vaccines: [{ code: 'X', name: { en: 'X vaccine', bn: 'এক্স টিকা' }, antigens: [{ antigen: 'Xitis' }] }],
  observations: [
    { code: 'allergic', title: { en: 'Allergic to X' }, codings: [{ system: 'urn:facts', code: 'A1' }] },
  ],
  antigens: [
    {
      code: 'Xitis',
      contraindications: { group: [{ observation: 'allergic' }] },
      series: [
        {
          name: 'Xitis, two doses',
          vaccineGroup: 'X',
          guidance: [{ la: 'Festina lente.' }],
          type: 'standard',
          select: { group: '1', default: true, productPath: false, priority: 'A', preference: 1 },
          doses: ['6 weeks', '10 weeks'].map(age => ({
            ages: [{ absoluteMinimum: age, minimum: age, earliestRecommended: age }],
            preferableVaccines: [{ vaccine: 'X', recommend: true }],
          })),
        },
      ],
    },
  ],
});

/** For tests: a request about somebody born on 1 January 2025, asked on 1 June. */
export const asking = (...parameters: object[]): object => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'assessmentDate', valueDate: '2025-06-01' },
    { name: 'patient', resource: { resourceType: 'Patient', id: 'p', birthDate: '2025-01-01' } },
    ...parameters,
  ],
});

/** For tests: a dose given, with whatever is said otherwise. */
export const given = (occurrenceDateTime: string, otherwise: object = {}): object => ({
  name: 'immunization',
  resource: {
    resourceType: 'Immunization',
    status: 'completed',
    patient: { reference: 'Patient/p' },
    vaccineCode: { coding: [{ system: 'urn:made-up:vaccines', code: 'X' }] },
    occurrenceDateTime,
    ...otherwise,
  },
});

/** For tests: the answer to a request; what is wrong with it, when it cannot be answered. */
export function answerTo(body: unknown): Parameters | { faults: string[] } {
  const request = readForecastRequest(body);
  if (Array.isArray(request)) return { faults: request.map(({ path, message }) => `${path} ${message}`) };
  const record = engineRecord(request, madeUp);
  return forecastAnswer(forecast(madeUp, record.person, request.on), {
    schedule: madeUp,
    record,
    patient: { reference: 'Patient/p' },
    wording: { say: key => key, name: text => Object.values(text ?? {})[0] },
  })!;
}
