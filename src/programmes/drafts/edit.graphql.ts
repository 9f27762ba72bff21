import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, MaxLength, ValidateNested } from 'class-validator';
import { DateScalar } from '../../platform/graphql';
import { LocalisedTextInput } from '../../tenancy';

/** Sizes are for the safety of the service; what a value must be is said by the reader of packs, with the place. */
const MAX_ITEMS = 100;
const PERIOD = 'A period: `6 weeks`, `9 months`, `1 year - 4 days`.';

@InputType({ description: 'A code in another system.' })
export class ProductCodeInput {
  @Field(() => String, { description: 'Short name or URI of the system, e.g. cvx or atc.' })
  @Length(1, 200)
  system: string;
  @Field(() => String, { description: 'The code there.' })
  @MaxLength(200)
  code: string;
}

@InputType({
  description: 'Versions by which people and records name what a pack says. Required before it is proposed.',
})
export class SetVersionInput {
  @Field(() => String, { nullable: true, description: 'Version of the pack.' })
  @IsOptional()
  @MaxLength(40)
  pack?: string;
  @Field(() => String, {
    nullable: true,
    description: 'Version of the schedule: stored with each dose that is weighed by it.',
  })
  @IsOptional()
  @MaxLength(200)
  schedule?: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day that the schedule itself says it holds from.',
  })
  effectiveFrom?: string;
  @Field(() => [LocalisedTextInput], {
    nullable: true,
    description: 'Title of the schedule, in every language of the pack.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  title?: LocalisedTextInput[];
}

@InputType({ description: 'Where rules are taken from; named by its id in an age or interval.' })
export class SetSourceInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => String, { description: 'Title.' })
  @MaxLength(500)
  title: string;
  @Field(() => String, { description: 'Publisher.' })
  @MaxLength(500)
  publisher: string;
  @Field(() => Int, { description: 'Year.' })
  year: number;
  @Field(() => String, { nullable: true, description: 'Where it can be read.' })
  @IsOptional()
  @MaxLength(500)
  url?: string;
}

@InputType({
  description: 'A product on the shelf, new or changed. A new one needs every field but the codes.',
})
export class SetProductInput {
  @Field(() => ID, { description: 'The country’s code for it.' })
  code: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The vaccine of the schedule that a dose of it counts as.',
  })
  vaccine?: string;
  @Field(() => [LocalisedTextInput], {
    nullable: true,
    description: 'Its name, in every language of the pack.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  name?: LocalisedTextInput[];
  @Field(() => String, {
    nullable: true,
    description: 'intradermal, intramuscular, intranasal, oral or subcutaneous.',
  })
  @IsOptional()
  @MaxLength(40)
  route?: string;
  @Field(() => String, { nullable: true, description: 'capsule, freeze-dried or liquid.' })
  @IsOptional()
  @MaxLength(40)
  presentation?: string;
  @Field(() => Float, {
    nullable: true,
    description: 'Millilitres of one dose; null where it is not measured out.',
  })
  doseMl?: number | null;
  @Field(() => Int, { nullable: true, description: 'Doses in a vial.' })
  dosesPerVial?: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Hours that an opened vial of several doses may be used; null for one dose.',
  })
  openVialHours?: number | null;
  @Field(() => [ProductCodeInput], {
    nullable: true,
    description: 'Its codes in other systems: all of them.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => ProductCodeInput)
  codes?: ProductCodeInput[];
}

@InputType({
  description: 'Something to be taken out of the draft, by its code. What still names it is then a fault.',
})
export class RetireByCodeInput {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
}

@InputType({ description: 'Something to be taken out of the draft, by its name.' })
export class RetireByNameInput {
  @Field(() => String, { description: 'Its name.' })
  @Length(1, 500)
  name: string;
}

@InputType({ description: 'An antigen that a vaccine counts for (CDSi: vaccine to antigen map).' })
export class VaccineAntigenInput {
  @Field(() => ID, { description: 'Code of the antigen.' })
  antigen: string;
  @Field(() => String, { nullable: true, description: `Only from this age. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  beginAge?: string;
  @Field(() => String, { nullable: true, description: `Only below this age. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  endAge?: string;
}

@InputType({ description: 'A vaccine of the schedule (CDSi: CVX code), new or changed.' })
export class SetVaccineInput {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
  @Field(() => [LocalisedTextInput], {
    nullable: true,
    description: 'Its name, in every language of the pack.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  name?: LocalisedTextInput[];
  @Field(() => [VaccineAntigenInput], { nullable: true, description: 'What it counts for: all of it.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => VaccineAntigenInput)
  antigens?: VaccineAntigenInput[];
  @Field(() => [ProductCodeInput], {
    nullable: true,
    description: 'Codes of other systems that are read as this vaccine; added to those there are.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => ProductCodeInput)
  codes?: ProductCodeInput[];
}

@InputType({
  description: 'Antigens that people are told of as one line (CDSi: vaccine group), new or changed.',
})
export class SetVaccineGroupInput {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
  @Field(() => [LocalisedTextInput], {
    nullable: true,
    description: 'Its name, in every language of the pack.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  name?: LocalisedTextInput[];
  @Field(() => [ID], { nullable: true, description: 'Codes of its antigens: all of them.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  antigens?: string[];
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a dose for one antigen is given as the vaccine for all (CDSi: administer full vaccine group).',
  })
  administerFullGroup?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether people are forecast for it, where the programme offers only some groups.',
  })
  offered?: boolean;
}

@InputType({
  description: 'The age window of a target dose (CDSi 6.4). Null takes an age away; what is left out stays.',
})
export class DoseAgeInput {
  @Field(() => String, {
    nullable: true,
    description: `CDSi absolute minimum age: below it a dose does not count. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  absoluteMinimum?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `CDSi minimum age: from here it may be given. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  minimum?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `CDSi earliest recommended age: due from here; the age the programme publishes. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  earliestRecommended?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `CDSi latest recommended age: overdue after it. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  latestRecommended?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `CDSi maximum age: from here it is no longer given. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  maximum?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "The schedule's source that the ages given here are from; absent: the schedule's first.",
  })
  source?: string;
}

@InputType({
  isOneOf: true,
  description: 'The event that an interval is counted from (CDSi: from …). Exactly one.',
})
export class IntervalFromInput {
  @Field(() => Boolean, { nullable: true, description: 'True: the dose given immediately before.' })
  previousDose?: true;
  @Field(() => Int, {
    nullable: true,
    description: 'The dose that satisfied this target dose, by its number.',
  })
  targetDose?: number;
  @Field(() => [ID], { nullable: true, description: 'The most recent dose of one of these vaccines.' })
  mostRecentOf?: string[];
  @Field(() => ID, { nullable: true, description: 'The date of the most recent such observation.' })
  observation?: string;
}

@InputType({
  description: 'An interval of a target dose. There is one from each event; what is left out stays.',
})
export class DoseIntervalInput {
  @Field(() => IntervalFromInput, { description: 'The event it is counted from.' })
  @ValidateNested()
  @Type(() => IntervalFromInput)
  from: IntervalFromInput;
  @Field(() => Boolean, {
    nullable: true,
    description: 'True: a CDSi allowable interval (6.6), else a preferable one (6.5).',
  })
  allowable?: boolean;
  @Field(() => String, {
    nullable: true,
    description: `CDSi absolute minimum interval: below it a dose does not count. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  absoluteMinimum?: string | null;
  @Field(() => String, { nullable: true, description: `CDSi minimum interval. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  minimum?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `CDSi earliest recommended interval: due from here. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  earliestRecommended?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `CDSi latest recommended interval: overdue after it. ${PERIOD}`,
  })
  @IsOptional()
  @MaxLength(200)
  latestRecommended?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'CDSi interval priority flag: `override`.' })
  override?: boolean | null;
  @Field(() => ID, {
    nullable: true,
    description: "The schedule's source that the periods given here are from; absent: the schedule's first.",
  })
  source?: string;
}

@InputType({ description: 'A vaccine that counts for a target dose.' })
export class DoseVaccineInput {
  @Field(() => ID, { description: 'Code of the vaccine.' })
  vaccine: string;
  @Field(() => String, { nullable: true, description: `CDSi vaccine type begin age. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  beginAge?: string;
  @Field(() => String, { nullable: true, description: `CDSi vaccine type end age. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  endAge?: string;
  @Field(() => String, { nullable: true, description: 'Only this brand (CDSi trade name).' })
  @IsOptional()
  @MaxLength(200)
  tradeName?: string;
  @Field(() => String, { nullable: true, description: 'Only of this manufacturer (CDSi: MVX).' })
  @IsOptional()
  @MaxLength(200)
  manufacturer?: string;
  @Field(() => Float, { nullable: true, description: 'Millilitres (CDSi volume).' })
  volumeMl?: number;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Named as the vaccine to give (CDSi forecast vaccine type).',
  })
  recommend?: boolean;
  @Field(() => ID, { nullable: true, description: 'The source of this rule.' })
  source?: string;
}

@InputType({
  description: 'A vaccine that is accepted for a target dose, if not preferred (CDSi allowable vaccine).',
})
export class DoseAllowableVaccineInput {
  @Field(() => ID, { description: 'Code of the vaccine.' })
  vaccine: string;
  @Field(() => String, { nullable: true, description: `CDSi vaccine type begin age. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  beginAge?: string;
  @Field(() => String, { nullable: true, description: `CDSi vaccine type end age. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  endAge?: string;
}

@InputType({ description: 'The days between which a dose is recommended (CDSi seasonal recommendation).' })
export class DoseSeasonInput {
  @Field(() => DateScalar, { description: 'First day.' })
  from: string;
  @Field(() => DateScalar, { nullable: true, description: 'Last day.' })
  to?: string;
}

@InputType({
  description: 'A target dose of a series (CDSi: series dose). What is left out stays; null is taken away.',
})
export class TargetDoseInput {
  @Field(() => [LocalisedTextInput], {
    nullable: true,
    description: 'What it is called, where it has a name.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  title?: LocalisedTextInput[];
  @Field(() => DoseAgeInput, { nullable: true, description: 'Its ages, laid over those it has.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => DoseAgeInput)
  age?: DoseAgeInput;
  @Field(() => [DoseIntervalInput], {
    nullable: true,
    description: 'Its intervals, each laid over the one from the same event.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => DoseIntervalInput)
  intervals?: DoseIntervalInput[];
  @Field(() => [DoseVaccineInput], { nullable: true, description: 'CDSi preferable vaccines: all of them.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => DoseVaccineInput)
  vaccines?: DoseVaccineInput[];
  @Field(() => [DoseAllowableVaccineInput], {
    nullable: true,
    description: 'CDSi allowable vaccines: all of them.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => DoseAllowableVaccineInput)
  allowableVaccines?: DoseAllowableVaccineInput[];
  @Field(() => Boolean, { nullable: true, description: 'Repeats for ever (CDSi recurring dose).' })
  recurring?: boolean | null;
  @Field(() => DoseSeasonInput, { nullable: true, description: 'When in the year it is recommended.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => DoseSeasonInput)
  season?: DoseSeasonInput | null;
}

@InputType({ description: 'How the best of several series is chosen (CDSi select best patient series).' })
export class SeriesSelectionInput {
  @Field(() => String, { nullable: true, description: 'CDSi series group: series of one group compete.' })
  @IsOptional()
  @MaxLength(200)
  group?: string;
  @Field(() => String, { nullable: true, description: 'CDSi series group name.' })
  @IsOptional()
  @MaxLength(200)
  groupName?: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'CDSi default series: whoever has no dose is put on it.',
  })
  default?: boolean;
  @Field(() => Boolean, {
    nullable: true,
    description: 'CDSi product path: all doses must be of one product.',
  })
  productPath?: boolean;
  @Field(() => String, { nullable: true, description: 'CDSi series priority: `A` before `B`.' })
  @IsOptional()
  @MaxLength(200)
  priority?: string;
  @Field(() => Int, { nullable: true, description: 'CDSi series preference: 1 before 2.' })
  preference?: number;
  @Field(() => String, { nullable: true, description: `CDSi minimum age to start. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  minAgeToStart?: string | null;
  @Field(() => String, { nullable: true, description: `CDSi maximum age to start. ${PERIOD}` })
  @IsOptional()
  @MaxLength(200)
  maxAgeToStart?: string | null;
}

@InputType({ description: 'A series of an antigen. A new one needs group, type, selection and doses.' })
export class AntigenSeriesInput {
  @Field(() => String, { description: 'Its name (CDSi series name), unique in the schedule.' })
  @Length(1, 200)
  name: string;
  @Field(() => [LocalisedTextInput], { nullable: true, description: 'What it is called for people.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  title?: LocalisedTextInput[];
  @Field(() => ID, { nullable: true, description: 'The vaccine group it is offered under.' })
  vaccineGroup?: string;
  @Field(() => String, {
    nullable: true,
    description: 'CDSi series type: standard, risk or evaluation-only.',
  })
  @IsOptional()
  @MaxLength(40)
  type?: string;
  @Field(() => [String], {
    nullable: true,
    description: 'CDSi required gender: female, male, other, unknown; null: everyone.',
  })
  @IsOptional()
  @ArrayMaxSize(4)
  requiredSex?: string[] | null;
  @Field(() => SeriesSelectionInput, {
    nullable: true,
    description: 'How it competes, laid over what it has.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => SeriesSelectionInput)
  select?: SeriesSelectionInput;
  @Field(() => [TargetDoseInput], { nullable: true, description: 'Its doses in order: all of them.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => TargetDoseInput)
  doses?: TargetDoseInput[];
}

@InputType({ description: 'An antigen (CDSi: target disease), new or changed, with series of it.' })
export class SetAntigenInput {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
  @Field(() => [LocalisedTextInput], {
    nullable: true,
    description: 'Its name, in every language of the pack.',
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  name?: LocalisedTextInput[];
  @Field(() => [AntigenSeriesInput], { nullable: true, description: 'Series to be added or changed.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => AntigenSeriesInput)
  series?: AntigenSeriesInput[];
}

@InputType({ description: 'A series (CDSi: antigen series), new or changed.' })
export class SetSeriesInput extends AntigenSeriesInput {
  @Field(() => ID, { description: 'Code of the antigen.' })
  antigen: string;
}

const SERIES = 'Names of the series: those of a combined vaccine’s antigens change together.';

@InputType({ description: 'A target dose more.' })
export class AddDoseInput extends TargetDoseInput {
  @Field(() => [String], { description: SERIES })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  series: string[];
  @Field(() => Int, {
    nullable: true,
    description: 'The number it gets, from 1; those after it move on by one. Absent: the last.',
  })
  at?: number;
}

@InputType({ description: 'Changes of a target dose.' })
export class ChangeDoseInput extends TargetDoseInput {
  @Field(() => [String], { description: SERIES })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  series: string[];
  @Field(() => Int, { description: 'Its number, from 1.' })
  number: number;
}

@InputType({ description: 'A target dose to be taken out; those after it move up by one.' })
export class RetireDoseInput {
  @Field(() => [String], { description: SERIES })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  series: string[];
  @Field(() => Int, { description: 'Its number, from 1.' })
  number: number;
}

@InputType({ description: 'An interval of a target dose, new or changed.' })
export class SetIntervalInput extends DoseIntervalInput {
  @Field(() => [String], { description: SERIES })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  series: string[];
  @Field(() => Int, { description: 'Number of the dose, from 1.' })
  dose: number;
}

@InputType({ description: 'An interval of a target dose to be taken out.' })
export class RetireIntervalInput {
  @Field(() => [String], { description: SERIES })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  series: string[];
  @Field(() => Int, { description: 'Number of the dose, from 1.' })
  dose: number;
  @Field(() => IntervalFromInput, { description: 'The event it is counted from.' })
  @ValidateNested()
  @Type(() => IntervalFromInput)
  from: IntervalFromInput;
  @Field(() => Boolean, { nullable: true, description: 'True: among the allowable intervals.' })
  allowable?: boolean;
}

@InputType({ description: 'A dose in the history of a golden case.' })
export class GoldenDoseInput {
  @Field(() => ID, { description: 'Code of the vaccine.' })
  vaccine: string;
  @Field(() => DateScalar, { description: 'The day it was given.' })
  date: string;
}

@InputType({ description: 'An observation in a golden case.' })
export class GoldenObservationInput {
  @Field(() => ID, { description: 'Its code in the schedule.' })
  code: string;
  @Field(() => DateScalar, { nullable: true, description: 'Its day.' })
  date?: string;
}

@InputType({ description: 'What must be forecast for one vaccine group. What is left out is not compared.' })
export class GoldenExpectationInput {
  @Field(() => ID, { description: 'Code of the vaccine group.' })
  group: string;
  @Field(() => String, { description: 'due, not-due, overdue, complete, …' })
  @Length(1, 100)
  status: string;
  @Field(() => Int, { nullable: true, description: 'Number of the dose that is next, from 1.' })
  dose?: number;
  @Field(() => DateScalar, { nullable: true, description: 'Earliest day it may be given.' })
  earliest?: string;
  @Field(() => DateScalar, { nullable: true, description: 'The day it is recommended.' })
  recommended?: string;
  @Field(() => DateScalar, { nullable: true, description: 'The day after which it is overdue.' })
  pastDue?: string;
}

@InputType({
  description: 'A person, a day and what must be forecast for her. A new one needs all but observations.',
})
export class SetGoldenCaseInput {
  @Field(() => String, { description: 'Its name: what it shows.' })
  @Length(1, 500)
  name: string;
  @Field(() => DateScalar, { nullable: true, description: 'Birth date.' })
  born?: string;
  @Field(() => String, { nullable: true, description: 'female, male, other or unknown.' })
  @IsOptional()
  @MaxLength(40)
  sex?: string;
  @Field(() => [GoldenDoseInput], { nullable: true, description: 'Her doses: all of them.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => GoldenDoseInput)
  doses?: GoldenDoseInput[];
  @Field(() => [GoldenObservationInput], { nullable: true, description: 'What is known of her: all of it.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => GoldenObservationInput)
  observations?: GoldenObservationInput[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day the forecast is made for.' })
  on?: string;
  @Field(() => [GoldenExpectationInput], { nullable: true, description: 'What must come out: all of it.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => GoldenExpectationInput)
  expect?: GoldenExpectationInput[];
}

@InputType({
  isOneOf: true,
  description: 'One edit of a draft: exactly one of these. `set…` adds or changes, `retire…` takes out.',
})
export class CountryPackEditInput {
  @Field(() => SetVersionInput, { nullable: true, description: 'New versions.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetVersionInput)
  setVersion?: SetVersionInput;
  @Field(() => SetSourceInput, { nullable: true, description: 'A source of rules.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetSourceInput)
  setSource?: SetSourceInput;
  @Field(() => SetProductInput, { nullable: true, description: 'A product.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetProductInput)
  setProduct?: SetProductInput;
  @Field(() => RetireByCodeInput, {
    nullable: true,
    description: 'A product that is no longer used. It stays for the records made with it.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireByCodeInput)
  retireProduct?: RetireByCodeInput;
  @Field(() => SetVaccineInput, { nullable: true, description: 'A vaccine.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetVaccineInput)
  setVaccine?: SetVaccineInput;
  @Field(() => RetireByCodeInput, {
    nullable: true,
    description: 'A vaccine, with its codes in other systems.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireByCodeInput)
  retireVaccine?: RetireByCodeInput;
  @Field(() => SetVaccineGroupInput, { nullable: true, description: 'A vaccine group.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetVaccineGroupInput)
  setVaccineGroup?: SetVaccineGroupInput;
  @Field(() => RetireByCodeInput, { nullable: true, description: 'A vaccine group.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireByCodeInput)
  retireVaccineGroup?: RetireByCodeInput;
  @Field(() => SetAntigenInput, { nullable: true, description: 'An antigen.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetAntigenInput)
  setAntigen?: SetAntigenInput;
  @Field(() => RetireByCodeInput, { nullable: true, description: 'An antigen with all its series.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireByCodeInput)
  retireAntigen?: RetireByCodeInput;
  @Field(() => SetSeriesInput, { nullable: true, description: 'A series.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetSeriesInput)
  setSeries?: SetSeriesInput;
  @Field(() => RetireByNameInput, { nullable: true, description: 'A series with all its doses.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireByNameInput)
  retireSeries?: RetireByNameInput;
  @Field(() => AddDoseInput, { nullable: true, description: 'A target dose more.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => AddDoseInput)
  addDose?: AddDoseInput;
  @Field(() => ChangeDoseInput, { nullable: true, description: 'Changes of a target dose.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ChangeDoseInput)
  changeDose?: ChangeDoseInput;
  @Field(() => RetireDoseInput, { nullable: true, description: 'A target dose.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireDoseInput)
  retireDose?: RetireDoseInput;
  @Field(() => SetIntervalInput, { nullable: true, description: 'An interval.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetIntervalInput)
  setInterval?: SetIntervalInput;
  @Field(() => RetireIntervalInput, { nullable: true, description: 'An interval.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireIntervalInput)
  retireInterval?: RetireIntervalInput;
  @Field(() => SetGoldenCaseInput, { nullable: true, description: 'A golden case.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SetGoldenCaseInput)
  setGoldenCase?: SetGoldenCaseInput;
  @Field(() => RetireByNameInput, { nullable: true, description: 'A golden case.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetireByNameInput)
  retireGoldenCase?: RetireByNameInput;
}

@InputType('EditCountryPackInput', { description: 'Edits of a draft: all of them or none.' })
export class EditCountryPackGraphqlInput {
  @Field(() => ID, {
    description: 'The state of the draft that the edits were made on; it must be the newest.',
  })
  packId: string;
  @Field(() => [CountryPackEditInput], {
    description:
      'Made in this order, checked when all are made: a new vaccine, its antigen and its group name each other.',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => CountryPackEditInput)
  edits: CountryPackEditInput[];
}

@InputType('StartCountryPackDraftInput', {
  description: 'What a draft starts from; nothing given: the pack in force.',
})
export class StartCountryPackDraftGraphqlInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Any pack of the country: one that was in force, or a draft.',
  })
  packId?: string;
  @Field(() => Boolean, { nullable: true, description: 'True: the pack that ships for the country.' })
  shipped?: boolean;
}
