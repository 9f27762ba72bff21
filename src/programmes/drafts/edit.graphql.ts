import { Field, Float, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, MaxLength, ValidateNested } from 'class-validator';
import { DateScalar, ID } from '../../platform/graphql';
import { LocalisedTextInput } from '../../tenancy';
import { IntervalFromInput, DoseIntervalInput, TargetDoseInput } from './edit-dose.graphql';
import { MAX_ITEMS, OptionalPart, OptionalParts, OptionalPeriod, OptionalText } from './edit-fields';

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
  @OptionalText(40, 'Version of the pack.')
  pack?: string;
  @OptionalText(200, 'Version of the schedule: stored with each dose that is weighed by it.')
  schedule?: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day that the schedule itself says it holds from.',
  })
  effectiveFrom?: string;
  @OptionalParts(() => LocalisedTextInput, 'Title of the schedule, in every language of the pack.')
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
  @OptionalText(500, 'Where it can be read.')
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
  @OptionalParts(() => LocalisedTextInput, 'Its name, in every language of the pack.')
  name?: LocalisedTextInput[];
  @OptionalText(40, 'intradermal, intramuscular, intranasal, oral or subcutaneous.')
  route?: string;
  @OptionalText(40, 'capsule, freeze-dried or liquid.')
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
  @OptionalParts(() => ProductCodeInput, 'Its codes in other systems: all of them.')
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
  @OptionalPeriod('Only from this age.')
  beginAge?: string;
  @OptionalPeriod('Only below this age.')
  endAge?: string;
}

@InputType({ description: 'A vaccine of the schedule (CDSi: CVX code), new or changed.' })
export class SetVaccineInput {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
  @OptionalParts(() => LocalisedTextInput, 'Its name, in every language of the pack.')
  name?: LocalisedTextInput[];
  @OptionalParts(() => VaccineAntigenInput, 'What it counts for: all of it.')
  antigens?: VaccineAntigenInput[];
  @OptionalParts(
    () => ProductCodeInput,
    'Codes of other systems that are read as this vaccine; added to those there are.',
  )
  codes?: ProductCodeInput[];
}

@InputType({
  description: 'Antigens that people are told of as one line (CDSi: vaccine group), new or changed.',
})
export class SetVaccineGroupInput {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
  @OptionalParts(() => LocalisedTextInput, 'Its name, in every language of the pack.')
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

@InputType({ description: 'How the best of several series is chosen (CDSi select best patient series).' })
export class SeriesSelectionInput {
  @OptionalText(200, 'CDSi series group: series of one group compete.')
  group?: string;
  @OptionalText(200, 'CDSi series group name.')
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
  @OptionalText(200, 'CDSi series priority: `A` before `B`.')
  priority?: string;
  @Field(() => Int, { nullable: true, description: 'CDSi series preference: 1 before 2.' })
  preference?: number;
  @OptionalPeriod('CDSi minimum age to start.')
  minAgeToStart?: string | null;
  @OptionalPeriod('CDSi maximum age to start.')
  maxAgeToStart?: string | null;
}

@InputType({ description: 'A series of an antigen. A new one needs group, type, selection and doses.' })
export class AntigenSeriesInput {
  @Field(() => String, { description: 'Its name (CDSi series name), unique in the schedule.' })
  @Length(1, 200)
  name: string;
  @OptionalParts(() => LocalisedTextInput, 'What it is called for people.')
  title?: LocalisedTextInput[];
  @Field(() => ID, { nullable: true, description: 'The vaccine group it is offered under.' })
  vaccineGroup?: string;
  @OptionalText(40, 'CDSi series type: standard, risk or evaluation-only.')
  type?: string;
  @Field(() => [String], {
    nullable: true,
    description: 'CDSi required gender: female, male, other, unknown; null: everyone.',
  })
  @IsOptional()
  @ArrayMaxSize(4)
  requiredSex?: string[] | null;
  @OptionalPart(() => SeriesSelectionInput, 'How it competes, laid over what it has.')
  select?: SeriesSelectionInput;
  @OptionalParts(() => TargetDoseInput, 'Its doses in order: all of them.')
  doses?: TargetDoseInput[];
}

@InputType({ description: 'An antigen (CDSi: target disease), new or changed, with series of it.' })
export class SetAntigenInput {
  @Field(() => ID, { description: 'Its code.' })
  code: string;
  @OptionalParts(() => LocalisedTextInput, 'Its name, in every language of the pack.')
  name?: LocalisedTextInput[];
  @OptionalParts(() => AntigenSeriesInput, 'Series to be added or changed.')
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
  @OptionalText(40, 'female, male, other or unknown.')
  sex?: string;
  @OptionalParts(() => GoldenDoseInput, 'Her doses: all of them.')
  doses?: GoldenDoseInput[];
  @OptionalParts(() => GoldenObservationInput, 'What is known of her: all of it.')
  observations?: GoldenObservationInput[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day the forecast is made for.' })
  on?: string;
  @OptionalParts(() => GoldenExpectationInput, 'What must come out: all of it.')
  expect?: GoldenExpectationInput[];
}

@InputType({
  isOneOf: true,
  description: 'One edit of a draft: exactly one of these. `set…` adds or changes, `retire…` takes out.',
})
export class CountryPackEditInput {
  @OptionalPart(() => SetVersionInput, 'New versions.')
  setVersion?: SetVersionInput;
  @OptionalPart(() => SetSourceInput, 'A source of rules.')
  setSource?: SetSourceInput;
  @OptionalPart(() => SetProductInput, 'A product.')
  setProduct?: SetProductInput;
  @OptionalPart(
    () => RetireByCodeInput,
    'A product that is no longer used. It stays for the records made with it.',
  )
  retireProduct?: RetireByCodeInput;
  @OptionalPart(() => SetVaccineInput, 'A vaccine.')
  setVaccine?: SetVaccineInput;
  @OptionalPart(() => RetireByCodeInput, 'A vaccine, with its codes in other systems.')
  retireVaccine?: RetireByCodeInput;
  @OptionalPart(() => SetVaccineGroupInput, 'A vaccine group.')
  setVaccineGroup?: SetVaccineGroupInput;
  @OptionalPart(() => RetireByCodeInput, 'A vaccine group.')
  retireVaccineGroup?: RetireByCodeInput;
  @OptionalPart(() => SetAntigenInput, 'An antigen.')
  setAntigen?: SetAntigenInput;
  @OptionalPart(() => RetireByCodeInput, 'An antigen with all its series.')
  retireAntigen?: RetireByCodeInput;
  @OptionalPart(() => SetSeriesInput, 'A series.')
  setSeries?: SetSeriesInput;
  @OptionalPart(() => RetireByNameInput, 'A series with all its doses.')
  retireSeries?: RetireByNameInput;
  @OptionalPart(() => AddDoseInput, 'A target dose more.')
  addDose?: AddDoseInput;
  @OptionalPart(() => ChangeDoseInput, 'Changes of a target dose.')
  changeDose?: ChangeDoseInput;
  @OptionalPart(() => RetireDoseInput, 'A target dose.')
  retireDose?: RetireDoseInput;
  @OptionalPart(() => SetIntervalInput, 'An interval.')
  setInterval?: SetIntervalInput;
  @OptionalPart(() => RetireIntervalInput, 'An interval.')
  retireInterval?: RetireIntervalInput;
  @OptionalPart(() => SetGoldenCaseInput, 'A golden case.')
  setGoldenCase?: SetGoldenCaseInput;
  @OptionalPart(() => RetireByNameInput, 'A golden case.')
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
