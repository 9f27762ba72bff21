import type { DueStatus, EvaluationReason, ForecastReason, SeriesStatus } from '../../forecasting';

// The codes of FHIR R4 and of the ImmDS Implementation Guide (hl7.fhir.us.immds 1.0.0 and 2.0.0), and which of them
// says what the engine found. What the guide has no code for goes out with our own code and a text alone.

export const IMMDS = 'http://hl7.org/fhir/us/immds';
export const SNOMED_CT = 'http://snomed.info/sct';
export const LOINC = 'http://loinc.org';
export const DOSE_STATUS = 'http://terminology.hl7.org/CodeSystem/immunization-evaluation-dose-status';
export const RECOMMENDATION_STATUS =
  'http://terminology.hl7.org/CodeSystem/immunization-recommendation-status';

/** Our own code systems; the codes are those of the GraphQL API and of the engine. */
export const OWN = {
  evaluationStatus: 'urn:tikasetu:evaluation-status',
  evaluationReason: 'urn:tikasetu:evaluation-reason',
  forecastReason: 'urn:tikasetu:forecast-reason',
  finding: 'urn:tikasetu:finding',
  error: 'urn:tikasetu:error',
  auditAction: 'urn:tikasetu:audit-action',
  actorKind: 'urn:tikasetu:actor-kind',
  role: 'urn:tikasetu:role',
  account: 'urn:tikasetu:account',
  recordType: 'urn:tikasetu:record-type',
  record: (type: string) => `urn:tikasetu:record:${type}`,
  /** For the schedules that name no system for their observations. */
  observations: 'urn:tikasetu:observations',
  vaccineGroups: (schedule: string) => `urn:tikasetu:schedule:${schedule}:vaccine-groups`,
  antigens: (schedule: string) => `urn:tikasetu:schedule:${schedule}:antigens`,
} as const;

interface Concept {
  readonly code: string;
  readonly display: string;
}

/** ImmDS ForecastStatus: the CDSi statuses of a series, table 3-3. */
export const FORECAST_STATUS: Readonly<Record<SeriesStatus, Concept>> = {
  'aged-out': { code: 'agedOut', display: 'Aged Out' },
  complete: { code: 'complete', display: 'Complete' },
  contraindicated: { code: 'contraindicated', display: 'Contraindicated' },
  immune: { code: 'immune', display: 'Immune' },
  'not-complete': { code: 'notComplete', display: 'Not Complete' },
  'not-recommended': { code: 'notRecommended', display: 'Not Recommended' },
};

/** FHIR's own status codes, which say whether a dose is due and have none for the rest. */
export const DUE_STATUS: Readonly<Partial<Record<DueStatus, Concept>>> = {
  due: { code: 'due', display: 'Due' },
  overdue: { code: 'overdue', display: 'Overdue' },
  immune: { code: 'immune', display: 'Immune' },
  contraindicated: { code: 'contraindicated', display: 'Contraindicated' },
  complete: { code: 'complete', display: 'Complete' },
};

/** ImmDS ForecastReason. */
export const FORECAST_REASON: Readonly<Partial<Record<ForecastReason, Concept>>> = {
  'series-complete': { code: 'complete', display: 'Complete' },
  'immunization-history': { code: 'notRecommended', display: 'Not Recommended' },
  'past-maximum-age': { code: 'maximumAge', display: 'Maximum Age Exceeded' },
  'cannot-finish-before-maximum-age': { code: 'maximumAge', display: 'Maximum Age Exceeded' },
  'past-season': { code: 'seasonalPast', display: 'Seasonal End Date Passed' },
};

const INAPPROPRIATE: Concept = { code: 'inappropriate', display: 'Inappropriate Vaccine' };

/** ImmDS StatusReason. */
export const EVALUATION_REASON: Readonly<Partial<Record<EvaluationReason, Concept>>> = {
  'lot-expired': { code: 'expired', display: 'Past Expiration Date' },
  'inadvertent-vaccine': INAPPROPRIATE,
  'too-young': { code: 'tooyoung', display: 'Patient Too Young' },
  'too-old': { code: 'tooold', display: 'Patient Too Old' },
  'interval-too-soon': { code: 'toosoon', display: 'Administered Too Soon' },
  'live-vaccine-conflict': { code: 'productconflict', display: 'Product Conflict' },
  'not-a-preferable-or-allowable-vaccine': INAPPROPRIATE,
  'vaccine-age-out-of-range': INAPPROPRIATE,
  'trade-name-differs': INAPPROPRIATE,
  'volume-below-recommended': { code: 'quantity', display: 'Insufficient Quantity' },
};

/** ImmunizationRecommendation.recommendation.dateCriterion.code (LOINC, FHIR R4 value set), by the engine's name. */
export const DATE_CRITERIA = {
  earliest: { code: '30981-5', display: 'Earliest date to give' },
  recommended: { code: '30980-7', display: 'Date vaccine due' },
  pastDue: { code: '59778-1', display: 'Date when overdue for immunization' },
  latest: { code: '59777-3', display: 'Latest date to give immunization' },
} as const satisfies Record<string, Concept>;

/** ImmDS TargetDisease (SNOMED CT), by the name of the antigen in small letters and figures. */
const DISEASES: Readonly<Record<string, string>> = {
  cholera: '63650001',
  covid19: '840539006',
  dengue: '38362002',
  diphtheria: '397428000',
  hepa: '40468003',
  hepatitisa: '40468003',
  hepatitisb: '66071002',
  hepb: '66071002',
  herpeszoster: '4740000',
  hib: '709410003',
  influenza: '719590007',
  japaneseencephalitis: '52947006',
  malaria: '61462000',
  measles: '14189004',
  meningococcal: '23511006',
  meningococcus: '23511006',
  mumps: '36989005',
  pertussis: '27836007',
  pneumococcal: '16814004',
  pneumococcus: '16814004',
  polio: '721764008',
  poliooral: '721764008',
  polioinactivated: '721764008',
  rabies: '14168008',
  rotavirus: '415822001',
  rsv: '55735004',
  rubella: '36653000',
  tbe: '712986001',
  tetanus: '76902006',
  tuberculosis: '56717001',
  typhoid: '4834000',
  varicella: '38907003',
  yellowfever: '16541001',
  zoster: '4740000',
};

/** The SNOMED CT code of the disease that an antigen protects against, where the guide's value set has it. */
export const diseaseOf = (antigen: string): string | undefined =>
  DISEASES[antigen.toLowerCase().replaceAll(/[^a-z0-9]/g, '')];
