import { Field, Float, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { DateScalar, ID } from '../../platform/graphql';
import { LocalisedTextInput } from '../../tenancy';
import { OptionalPart, OptionalParts, OptionalPeriod, OptionalText } from './edit-fields';

@InputType({
  description: 'The age window of a target dose (CDSi 6.4). Null takes an age away; what is left out stays.',
})
export class DoseAgeInput {
  @OptionalPeriod('CDSi absolute minimum age: below it a dose does not count.')
  absoluteMinimum?: string | null;
  @OptionalPeriod('CDSi minimum age: from here it may be given.')
  minimum?: string | null;
  @OptionalPeriod('CDSi earliest recommended age: due from here; the age the programme publishes.')
  earliestRecommended?: string | null;
  @OptionalPeriod('CDSi latest recommended age: overdue after it.')
  latestRecommended?: string | null;
  @OptionalPeriod('CDSi maximum age: from here it is no longer given.')
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
  @OptionalPeriod('CDSi absolute minimum interval: below it a dose does not count.')
  absoluteMinimum?: string | null;
  @OptionalPeriod('CDSi minimum interval.')
  minimum?: string | null;
  @OptionalPeriod('CDSi earliest recommended interval: due from here.')
  earliestRecommended?: string | null;
  @OptionalPeriod('CDSi latest recommended interval: overdue after it.')
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
  @OptionalPeriod('CDSi vaccine type begin age.')
  beginAge?: string;
  @OptionalPeriod('CDSi vaccine type end age.')
  endAge?: string;
  @OptionalText(200, 'Only this brand (CDSi trade name).')
  tradeName?: string;
  @OptionalText(200, 'Only of this manufacturer (CDSi: MVX).')
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
  @OptionalPeriod('CDSi vaccine type begin age.')
  beginAge?: string;
  @OptionalPeriod('CDSi vaccine type end age.')
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
  @OptionalParts(() => LocalisedTextInput, 'What it is called, where it has a name.')
  title?: LocalisedTextInput[];
  @OptionalPart(() => DoseAgeInput, 'Its ages, laid over those it has.')
  age?: DoseAgeInput;
  @OptionalParts(() => DoseIntervalInput, 'Its intervals, each laid over the one from the same event.')
  intervals?: DoseIntervalInput[];
  @OptionalParts(() => DoseVaccineInput, 'CDSi preferable vaccines: all of them.')
  vaccines?: DoseVaccineInput[];
  @OptionalParts(() => DoseAllowableVaccineInput, 'CDSi allowable vaccines: all of them.')
  allowableVaccines?: DoseAllowableVaccineInput[];
  @Field(() => Boolean, { nullable: true, description: 'Repeats for ever (CDSi recurring dose).' })
  recurring?: boolean | null;
  @OptionalPart(() => DoseSeasonInput, 'When in the year it is recommended.')
  season?: DoseSeasonInput | null;
}
