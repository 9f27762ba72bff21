import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { DateScalar } from '../../platform/graphql';

/** A code that a country gives itself, of 60 characters at the most: a service, a zone. */
const CODE = /^(?=.{1,60}$)[a-z0-9]+(?:-[a-z0-9]+){0,5}$/;
const MOST_GRAMS = 1_000_000_000;
const MOST_MINOR = 2_000_000_000;

@ObjectType({ description: 'A zone of a price list.' })
export class RateZoneView {
  @Field(() => String, { description: 'Its code.' })
  code: string;
  @Field(() => Int, {
    description: 'In how many of the country’s areas, counted from the top, both ends lie at least.',
  })
  sharedAreas: number;
}

@ObjectType({ description: 'What a service costs in a zone up to a weight.' })
export class RateView {
  @Field(() => String, { description: 'Code of the service.' })
  service: string;
  @Field(() => String, { description: 'Code of the zone.' })
  zone: string;
  @Field(() => Int, { description: 'Up to how many grams, these included.' })
  upToGrams: number;
  @Field(() => Int, { description: 'Whole minor units of the currency.' })
  minor: number;
}

@ObjectType({ description: 'What carrying costs, by service, weight and zone.' })
export class RateListView {
  @Field(() => Int, { description: 'Counts up with each list; each says the same for ever.' })
  version: number;
  @Field(() => String, { description: 'The currency (ISO 4217).' })
  currency: string;
  @Field(() => DateScalar, { description: 'The country’s own day from which it holds.' })
  effectiveOn: string;
  @Field(() => Int, {
    nullable: true,
    description: 'How many cubic millimetres count as a gram; absent when size does not count.',
  })
  mm3PerGram: number | null;
  @Field(() => [RateZoneView], { description: 'Its zones.' })
  zones: readonly RateZoneView[];
  @Field(() => [RateView], { complexity: 50, description: 'Its prices.' })
  rates: readonly RateView[];
  @Field(() => Date, { description: 'When it was published.' })
  publishedAt: Date;
}

@ObjectType({ description: 'What carrying a consignment costs its sender.' })
export class DeliveryPrice {
  @Field(() => String, { description: 'Code of the service.' })
  service: string;
  @Field(() => String, { description: 'Code of the zone between the two hubs.' })
  zone: string;
  @Field(() => Int, { description: 'Grams charged by: its weight, or its size where that counts for more.' })
  grams: number;
  @Field(() => Int, { description: 'Whole minor units of the currency.' })
  minor: number;
  @Field(() => String, { description: 'The currency (ISO 4217).' })
  currency: string;
  @Field(() => Int, { description: 'Version of the price list.' })
  version: number;
}

@InputType('RateZoneInput', { description: 'A zone of a price list.' })
export class RateZoneGraphqlInput {
  @Matches(CODE)
  @Field(() => String, { description: 'Lower-case letters and digits, words joined by dashes.' })
  code: string;
  @Min(0)
  @Max(20)
  @Field(() => Int, {
    description:
      'In how many of the country’s areas, counted from the top, both ends lie at least, 0 to 20; one zone has 0. The zone that shares most holds.',
  })
  sharedAreas: number;
}

@InputType('RateInput', { description: 'What a service costs in a zone up to a weight.' })
export class RateGraphqlInput {
  @Matches(CODE)
  @Field(() => String, {
    description: 'Code of the service: lower-case letters and digits, words joined by dashes.',
  })
  service: string;
  @Matches(CODE)
  @Field(() => String, { description: 'Code of the zone.' })
  zone: string;
  @Min(1)
  @Max(MOST_GRAMS)
  @Field(() => Int, { description: 'Up to how many grams, these included.' })
  upToGrams: number;
  @Min(0)
  @Max(MOST_MINOR)
  @Field(() => Int, { description: 'Whole minor units of the currency, e.g. cents.' })
  minor: number;
}

@InputType('PublishRatesInput', { description: 'A price list.' })
export class PublishRatesGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key publishes once, however often it is sent.',
  })
  idempotencyKey: string;
  @Matches(/^[A-Z]{3}$/)
  @Field(() => String, { description: 'The currency (ISO 4217).' })
  currency: string;
  @Field(() => DateScalar, { description: 'The country’s own day from which it holds; today or later.' })
  effectiveOn: string;
  @IsOptional()
  @Min(1)
  @Max(1_000_000)
  @Field(() => Int, {
    nullable: true,
    description: 'How many cubic millimetres count as a gram; left out, size does not count.',
  })
  mm3PerGram?: number | null;
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => RateZoneGraphqlInput)
  @Field(() => [RateZoneGraphqlInput], { description: 'Its zones, 20 at the most.' })
  zones: RateZoneGraphqlInput[];
  @ArrayNotEmpty()
  @ArrayMaxSize(2000)
  @ValidateNested({ each: true })
  @Type(() => RateGraphqlInput)
  @Field(() => [RateGraphqlInput], { description: 'Its prices, 2,000 at the most.' })
  rates: RateGraphqlInput[];
}

@InputType('ConsignmentSizeInput', { description: 'Outer measures of a consignment.' })
export class ConsignmentSizeGraphqlInput {
  @Min(1)
  @Max(20_000)
  @Field(() => Int, { description: 'Millimetres, 1 to 20,000.' })
  lengthMm: number;
  @Min(1)
  @Max(20_000)
  @Field(() => Int, { description: 'Millimetres, 1 to 20,000.' })
  widthMm: number;
  @Min(1)
  @Max(20_000)
  @Field(() => Int, { description: 'Millimetres, 1 to 20,000.' })
  heightMm: number;
}

@InputType('DeliveryQuotesInput', { description: 'What is to be carried, from where and where to.' })
export class DeliveryQuotesGraphqlInput {
  @Field(() => String, { description: 'Code of the hub that it is handed in at.' })
  fromHub: string;
  @Field(() => String, { description: 'Code of the hub it goes to.' })
  toHub: string;
  @Min(1)
  @Max(MOST_GRAMS)
  @Field(() => Int, { description: 'Its weight in grams.' })
  weightGrams: number;
  @IsOptional()
  @ValidateNested()
  @Type(() => ConsignmentSizeGraphqlInput)
  @Field(() => ConsignmentSizeGraphqlInput, {
    nullable: true,
    description: 'Its outer measures, where size counts.',
  })
  size?: ConsignmentSizeGraphqlInput | null;
}
