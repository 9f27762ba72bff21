import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { DueStatus } from '../../forecasting';
import { DateScalar, ID } from '../../platform/graphql';

/** Names for the API; the values are the engine's own. */
export const DueStatusEnum = {
  DUE: 'due',
  OVERDUE: 'overdue',
  NOT_DUE: 'not-due',
  COMPLETE: 'complete',
  IMMUNE: 'immune',
  CONTRAINDICATED: 'contraindicated',
  AGED_OUT: 'aged-out',
  NOT_RECOMMENDED: 'not-recommended',
} as const satisfies Record<string, DueStatus>;
registerEnumType(DueStatusEnum, {
  name: 'DueStatus',
  description: 'Where a person stands with a vaccine group on the day asked about.',
  valuesMap: {
    DUE: { description: 'A dose is recommended now.' },
    OVERDUE: { description: 'A dose should have been given by now.' },
    NOT_DUE: { description: 'The next dose is not recommended yet; from `earliest` on it may be given.' },
    COMPLETE: { description: 'Nothing more is needed.' },
    IMMUNE: { description: 'There is evidence of immunity.' },
    CONTRAINDICATED: { description: 'It is not safe for this person.' },
    AGED_OUT: { description: 'The age for it is over.' },
    NOT_RECOMMENDED: { description: 'It is not recommended for this person.' },
  },
});

@ObjectType({ description: 'A product that counts for the next dose.' })
export class ProductToGive {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
  @Field(() => String, { description: "What it is called in the caller's language." })
  name: string;
}

@ObjectType({
  description: 'What the schedule has to say to the one who vaccinates; it changes nothing of the forecast.',
})
export class ForecastGuidance {
  @Field(() => String, { description: 'What it is about: `series`, `indication` or `contraindication`.' })
  about: string;
  @Field(() => String, { nullable: true, description: 'Code of the observation it is about.' })
  observation: string | null;
  @Field(() => [String], { description: "Its words, in the caller's language where the schedule has them." })
  texts: string[];
}

@ObjectType({ description: 'Something a rule looked at.' })
export class ForecastInput {
  @Field(() => String, { description: 'What it is, as a code, e.g. `minimumAgeDate`.' })
  name: string;
  @Field(() => String, {
    nullable: true,
    description: 'Its value: a day, a code, a number; several joined by commas.',
  })
  value: string | null;
}

@ObjectType({ description: 'One step of the reasoning behind a forecast.' })
export class ForecastStep {
  @Field(() => String, { description: 'The rule or decision table (CDSi Logic Specification v4.6).' })
  rule: string;
  @Field(() => String, { description: "What the rule is about, in the caller's language." })
  about: string;
  @Field(() => ID, { nullable: true, description: 'Code of the vaccine group.' })
  vaccineGroup: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the series, as the schedule has it.' })
  series: string | null;
  @Field(() => Int, { nullable: true, description: 'Number of the dose in the series.' })
  doseNumber: number | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The dose given that was looked at: `id` of a vaccination.',
  })
  vaccinationId: string | null;
  @Field(() => [ForecastInput], { description: 'What the rule looked at.' })
  inputs: ForecastInput[];
  @Field(() => String, { description: 'Code of what came out.' })
  outcome: string;
  @Field(() => String, { description: "What came out, in the caller's language." })
  outcomeText: string;
}

@ObjectType({ description: 'What is next for a person in one vaccine group, and why.' })
export class VaccineGroupForecast {
  @Field(() => ID, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => String, { description: "What the group is called in the caller's language." })
  vaccineGroupName: string;
  @Field(() => DueStatusEnum, { description: 'Where the person stands.' })
  status: DueStatus;
  @Field(() => Int, { nullable: true, description: 'Number of the next dose; absent when none is to come.' })
  doseNumber: number | null;
  @Field(() => DateScalar, { nullable: true, description: 'From this day on a dose counts.' })
  earliest: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'From this day on it is recommended.' })
  recommended: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'After this day it is overdue.' })
  pastDue: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The last day on which it may be given.' })
  latest: string | null;
  @Field(() => String, { description: 'The rule that decided (CDSi Logic Specification v4.6).' })
  rule: string;
  @Field(() => String, { description: 'Code of what decided, e.g. `minimum-interval`.' })
  reasonCode: string;
  @Field(() => String, { description: "What decided, in the caller's language." })
  reason: string;
  @Field(() => [ProductToGive], {
    complexity: 3,
    description: 'Products in use that count for the next dose.',
  })
  products: ProductToGive[];
  @Field(() => [String], {
    description:
      "What the schedule leaves to a clinician here, in the caller's language where it has the words.",
  })
  furtherEvaluation: string[];
  @Field(() => [ForecastGuidance], {
    complexity: 2,
    description: 'What the schedule has to say to the one who vaccinates.',
  })
  guidance: ForecastGuidance[];
}

@ObjectType({ description: 'What is next for a person under the country’s schedule.' })
export class Forecast {
  @Field(() => ID, { description: 'The person.' })
  personId: string;
  @Field(() => DateScalar, { description: "The country's own day it is made for: today." })
  on: string;
  @Field(() => String, { description: 'Code and version of the schedule that decided.' })
  schedule: string;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The birth date reckoned with, when only its year or month is known: the last day it can be, so that nobody is vaccinated too young. Absent when the day is known.',
  })
  birthDateAssumed: string | null;
  @Field(() => String, {
    nullable: true,
    description: "What was assumed of the birth date, in the caller's language; absent when nothing was.",
  })
  note: string | null;
  @Field(() => [VaccineGroupForecast], {
    complexity: 15,
    description: 'By vaccine group, in the order of the schedule.',
  })
  groups: VaccineGroupForecast[];
  @Field(() => [ForecastStep], {
    complexity: 100,
    description: 'Every step of the reasoning, in the order taken. Worked out only when asked for.',
  })
  trace: ForecastStep[];
}
