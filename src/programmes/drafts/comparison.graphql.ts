import { Field, Int, ObjectType } from '@nestjs/graphql';
import { ID } from '../../platform/graphql';

@ObjectType({ description: 'One difference between two packs; in the schedule by series, dose and field.' })
export class CountryPackDifference {
  @Field(() => String, { description: 'added, removed or changed.' })
  kind: string;
  @Field(() => String, { description: 'The part of the pack: schedule, products, areas, golden, …' })
  part: string;
  @Field(() => String, {
    nullable: true,
    description:
      'What it is about outside an antigen: the code of a product, area or vaccine, the name of a case.',
  })
  subject?: string;
  @Field(() => String, { nullable: true, description: 'The antigen.' })
  antigen?: string;
  @Field(() => String, { nullable: true, description: 'Name of the series.' })
  series?: string;
  @Field(() => Int, { nullable: true, description: 'Number of the target dose, from 1.' })
  dose?: number;
  @Field(() => String, {
    nullable: true,
    description: 'What of that, e.g. `ages/1/minimum`; absent: all of it.',
  })
  field?: string;
  @Field(() => String, { nullable: true, description: 'What the first says; absent when added.' })
  was?: string;
  @Field(() => String, { nullable: true, description: 'What the second says; absent when removed.' })
  willBe?: string;
}

@ObjectType({ description: 'How many differences there are in one part of the pack.' })
export class CountryPackDifferenceCount {
  @Field(() => String, { description: 'The part.' })
  part: string;
  @Field(() => Int, { description: 'What the second has and the first has not.' })
  added: number;
  @Field(() => Int, { description: 'What the first has and the second has not.' })
  removed: number;
  @Field(() => Int, { description: 'What both have and say differently.' })
  changed: number;
}

@ObjectType({ description: 'How two packs differ.' })
export class CountryPackComparison {
  @Field(() => [CountryPackDifferenceCount], { description: 'How many differences, by part.' })
  counts: CountryPackDifferenceCount[];
  @Field(() => [CountryPackDifference], { description: 'The differences.' })
  differences: CountryPackDifference[];
}

@ObjectType({ description: 'One edit that was made.' })
export class CountryPackEditMade {
  @Field(() => String, { description: 'The verb, e.g. `changeDose`.' })
  verb: string;
  @Field(() => String, { description: 'What it was given, as JSON.' })
  what: string;
}

@ObjectType({ description: 'A state of a draft and how it came about.' })
export class CountryPackState {
  @Field(() => ID, { description: 'Id of the pack in that state.' })
  id: string;
  @Field(() => Int, { description: 'Its number, from 1.' })
  revision: number;
  @Field(() => String, { description: 'SHA-256 of what it says, hexadecimal.' })
  hash: string;
  @Field(() => Date, { description: 'When it was made.' })
  draftedAt: Date;
  @Field(() => ID, { nullable: true, description: 'Account of whoever made it; absent: the service itself.' })
  draftedBy: string | null;
  @Field(() => [CountryPackEditMade], {
    description:
      'What made it of the state before; none for a first state, which came as files or as a copy.',
  })
  edits: CountryPackEditMade[];
}
