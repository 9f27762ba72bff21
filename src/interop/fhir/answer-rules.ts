import type {
  CodeableConcept,
  Coding,
  ImmunizationEvaluation,
  ImmunizationRecommendation,
  ImmunizationRecommendationRecommendation,
  ImmunizationRecommendationRecommendationDateCriterion,
  OperationOutcome,
  OperationOutcomeIssue,
  Parameters,
  Reference,
} from 'fhir/r4';
import type {
  CompiledSchedule,
  DoseEvaluation,
  EvaluationReason,
  ForecastReason,
  GroupForecast,
  PersonForecast,
  Text,
} from '../../forecasting';
import {
  DATE_CRITERIA,
  diseaseOf,
  DOSE_STATUS,
  DUE_STATUS,
  EVALUATION_REASON,
  FORECAST_REASON,
  FORECAST_STATUS,
  IMMDS,
  LOINC,
  OWN,
  RECOMMENDATION_STATUS,
  SNOMED_CT,
} from './code-systems';
import type { EngineRecord, Note, NoteCode } from './record-rules';
import { vocabularyOf } from './vocabulary-rules';

/** How people are told, in their language. */
export interface Wording {
  /** A text of the product by its key. */
  readonly say: (key: string, params?: Readonly<Record<string, string>>) => string;
  /** A name of the schedule's. */
  readonly name: (text: Text | undefined) => string | undefined;
}

/** What an answer is made of, besides what the engine found. */
export interface AnswerContext {
  readonly schedule: CompiledSchedule;
  readonly patient: Reference;
  readonly record: Omit<EngineRecord, 'person'>;
  readonly wording: Wording;
}

/**
 * The answer of `$immds-forecast`: `evaluation` 0..*, `recommendation` 1..1, and where something of the
 * record could not be used or was assumed, an OperationOutcome as `outcome`. Null when no series of the schedule is
 * meant for such a person: an ImmunizationRecommendation must recommend something.
 */
export function forecastAnswer(found: PersonForecast, context: AnswerContext): Parameters | null {
  const [first, ...more] = found.groups.map(group => recommendationOf(found, group, context));
  if (!first) return null;
  const issues = issuesOf(found, context);
  return {
    resourceType: 'Parameters',
    parameter: [
      ...found.evaluations.map(one => ({ name: 'evaluation', resource: evaluationOf(found, one, context) })),
      { name: 'recommendation', resource: recommendationsOf(found, [first, ...more], context) },
      ...(issues.length > 0 ? [{ name: 'outcome', resource: outcome(issues) }] : []),
    ],
  };
}

const outcome = (issue: OperationOutcomeIssue[]): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue,
});

function evaluationOf(
  found: PersonForecast,
  evaluation: DoseEvaluation,
  context: AnswerContext,
): ImmunizationEvaluation {
  const { status, reasons, seriesName, targetDoseNumber } = evaluation;
  return {
    resourceType: 'ImmunizationEvaluation',
    meta: { profile: [`${IMMDS}/StructureDefinition/immds-immunizationevaluation`] },
    status: 'completed',
    patient: context.patient,
    date: found.on,
    authority: authorityOf(context),
    targetDisease: antigenConcept(evaluation.antigen, context),
    immunizationEvent: context.record.eventOf(evaluation.doseId),
    // Extraneous and sub-standard doses do not count either; which it was stands beside.
    doseStatus: {
      coding: [
        status === 'valid'
          ? { system: DOSE_STATUS, code: 'valid', display: 'Valid' }
          : { system: DOSE_STATUS, code: 'notvalid', display: 'Not Valid' },
        { system: OWN.evaluationStatus, code: status },
      ],
    },
    ...(reasons.length > 0 && {
      doseStatusReason: reasons.map(reason => evaluationReason(reason, context)),
    }),
    series: seriesName,
    ...(targetDoseNumber !== undefined && { doseNumberPositiveInt: targetDoseNumber }),
    ...seriesDosesOf(seriesName, context),
  };
}

function recommendationsOf(
  found: PersonForecast,
  recommendation: ImmunizationRecommendationRecommendation[],
  context: AnswerContext,
): ImmunizationRecommendation {
  return {
    resourceType: 'ImmunizationRecommendation',
    meta: { profile: [`${IMMDS}/StructureDefinition/immds-immunizationrecommendation`] },
    patient: context.patient,
    date: found.on,
    authority: authorityOf(context),
    recommendation,
  };
}

function recommendationOf(
  found: PersonForecast,
  group: GroupForecast,
  context: AnswerContext,
): ImmunizationRecommendationRecommendation {
  const vaccines = group.vaccines.length > 0 ? group.vaccines : group.preferableVaccines;
  const supporting = supportingDoses(found, group, context);
  return {
    ...(vaccines.length > 0 && { vaccineCode: vaccines.flatMap(code => vaccineConcepts(code, context)) }),
    targetDisease: groupConcept(group.vaccineGroup, context),
    forecastStatus: statusOf(group),
    forecastReason: [forecastReason(group.reason, context), ...furtherEvaluation(group, context)],
    ...(group.earliest !== undefined && { dateCriterion: datesOf(group) }),
    description: descriptionOf(found, group, context),
    series: group.seriesName,
    ...(group.targetDoseNumber !== undefined && { doseNumberPositiveInt: group.targetDoseNumber }),
    ...seriesDosesOf(group.seriesName, context),
    ...(supporting.length > 0 && { supportingImmunization: supporting }),
  };
}

/**
 * What the schedule leaves to a clinician: one more reason each, for the guide has no status that says so beside
 * another.
 */
const furtherEvaluation = (group: GroupForecast, { wording }: AnswerContext): CodeableConcept[] =>
  group.furtherEvaluation.map(text => ({
    coding: [{ system: OWN.forecastReason, code: 'further-evaluation' }],
    text: wording.name(text),
  }));

/** Schedule and rule that decided; below, a line each, what the schedule says to the one who vaccinates. */
function descriptionOf(found: PersonForecast, group: GroupForecast, { wording }: AnswerContext): string {
  const words = group.guidance.flatMap(({ text, guidance }) => [wording.name(text), wording.name(guidance)]);
  const decided = `${found.schedule.code} ${found.schedule.version}: ${group.rule}`;
  return [decided, ...words.filter(word => word !== undefined)].join('\n');
}

/** ImmDS's own status first, then FHIR's, which says whether the dose is due on that day. */
function statusOf({ status, dueStatus }: GroupForecast): CodeableConcept {
  const due = DUE_STATUS[dueStatus];
  return {
    coding: [
      { system: `${IMMDS}/CodeSystem/ForecastStatus`, ...FORECAST_STATUS[status] },
      ...(due ? [{ system: RECOMMENDATION_STATUS, ...due }] : []),
    ],
  };
}

/** The engine's past-due date goes out as it is, as in the guide's example: the last day that is not overdue. */
const datesOf = (group: GroupForecast): ImmunizationRecommendationRecommendationDateCriterion[] =>
  (Object.keys(DATE_CRITERIA) as (keyof typeof DATE_CRITERIA)[]).flatMap(criterion => {
    const value = group[criterion];
    return value === undefined
      ? []
      : [{ code: { coding: [{ system: LOINC, ...DATE_CRITERIA[criterion] }] }, value }];
  });

/** The doses that count for the group. */
function supportingDoses(
  found: PersonForecast,
  group: GroupForecast,
  { record }: AnswerContext,
): Reference[] {
  const counted = found.evaluations.filter(
    ({ vaccineGroup, seriesName, status }) =>
      vaccineGroup === group.vaccineGroup && status === 'valid' && group.seriesNames.includes(seriesName),
  );
  return [...new Set(counted.map(({ doseId }) => doseId))].map(id => record.eventOf(id));
}

const authorityOf = ({ schedule: { schedule } }: AnswerContext): Reference => ({
  display: schedule.sources[0]!.publisher,
});

function seriesDosesOf(name: string, { schedule }: AnswerContext): { seriesDosesPositiveInt?: number } {
  for (const { series } of schedule.antigens) {
    const one = series.find(candidate => candidate.name === name);
    if (one) return { seriesDosesPositiveInt: one.doses.length };
  }
  return {};
}

function antigenConcept(code: string, context: AnswerContext): CodeableConcept {
  const { schedule } = context.schedule;
  const name = context.wording.name(schedule.antigens.find(antigen => antigen.code === code)?.name) ?? code;
  return { coding: [...disease(code), { system: OWN.antigens(schedule.code), code }], text: name };
}

const disease = (antigen: string): Coding[] => {
  const code = diseaseOf(antigen);
  return code === undefined ? [] : [{ system: SNOMED_CT, code }];
};

/** A group of one antigen has the antigen's disease; one of several is no disease that SNOMED CT has a code for. */
function groupConcept(code: string, context: AnswerContext): CodeableConcept {
  const { schedule } = context.schedule;
  const group = schedule.vaccineGroups.find(one => one.code === code);
  const [antigen, ...others] = group?.antigens ?? [];
  const coding = [
    ...(antigen !== undefined && others.length === 0 ? disease(antigen) : []),
    { system: OWN.vaccineGroups(schedule.code), code },
  ];
  return { coding, text: context.wording.name(group?.name) ?? code };
}

function vaccineConcepts(code: string, { schedule, wording }: AnswerContext): CodeableConcept[] {
  const text = wording.name(schedule.schedule.vaccines.find(one => one.code === code)?.name) ?? code;
  return vocabularyOf(schedule)
    .conceptsOf(code)
    .map(coding => ({ coding, text }));
}

const evaluationReason = (reason: EvaluationReason, { wording }: AnswerContext): CodeableConcept => {
  const known = EVALUATION_REASON[reason];
  return {
    coding: [
      ...(known ? [{ system: `${IMMDS}/CodeSystem/StatusReason`, ...known }] : []),
      { system: OWN.evaluationReason, code: reason },
    ],
    text: wording.say(`interop.evaluation.${reason}`),
  };
};

const forecastReason = (reason: ForecastReason, { wording }: AnswerContext): CodeableConcept => {
  const known = FORECAST_REASON[reason];
  return {
    coding: [
      ...(known ? [{ system: `${IMMDS}/CodeSystem/ForecastReason`, ...known }] : []),
      { system: OWN.forecastReason, code: reason },
    ],
    text: wording.say(`vaccinations.reason.${reason}`),
  };
};

type Severity = Pick<OperationOutcomeIssue, 'severity' | 'code'>;
const warning = (code: OperationOutcomeIssue['code']): Severity => ({ severity: 'warning', code });
const information = (code: OperationOutcomeIssue['code']): Severity => ({ severity: 'information', code });

/** A warning where a record was left out, so that the forecast may be wrong; an information where it was not. */
const SEVERITIES: Readonly<Record<Note['code'], Severity>> = {
  'unknown-vaccine': warning('code-invalid'),
  'unknown-observation': warning('code-invalid'),
  'value-not-understood': warning('not-supported'),
  'future-dose': warning('value'),
  'future-observation': warning('value'),
  'dose-before-birth': warning('value'),
  'invalid-date': warning('value'),
  'born-after-assessment': warning('value'),
  'date-not-used': warning('value'),
  'not-active': information('informational'),
  'birth-date-assumed': information('informational'),
  'duplicate-dose': information('duplicate'),
} satisfies Record<NoteCode | PersonForecast['findings'][number]['code'], Severity>;

function issuesOf({ findings }: PersonForecast, { record, wording }: AnswerContext): OperationOutcomeIssue[] {
  const found = findings.map(({ code, doseId, params }): Note => {
    const expression = doseId === undefined ? undefined : record.expressionOf(doseId);
    return { code, params, ...(expression !== undefined && { expression }) };
  });
  return [...record.notes, ...found].map(({ code, params, expression }) => ({
    ...SEVERITIES[code],
    details: {
      coding: [{ system: OWN.finding, code }],
      text: wording.say(`interop.finding.${code}`, params),
    },
    ...(expression !== undefined && { expression: [expression] }),
  }));
}
