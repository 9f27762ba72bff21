import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import type { Finding } from './break-glass.store';
import { ReviewedBefore, ReviewNeedsSecondPerson } from './looks.refusals';
import { ID, Page } from '../../platform/graphql';

export const FindingEnum = {
  JUSTIFIED: 'JUSTIFIED',
  NOT_JUSTIFIED: 'NOT_JUSTIFIED',
} as const satisfies Record<Finding, Finding>;
registerEnumType(FindingEnum, {
  name: 'Finding',
  description: 'What a second person found of a look at people’s records.',
  valuesMap: {
    JUSTIFIED: { description: 'There was a reason.' },
    NOT_JUSTIFIED: { description: 'There was none; what follows is the ministry’s to say.' },
  },
});

@ObjectType({
  description: 'Somebody needed more records than a day allows, for a while, and answers for it.',
})
export class BrokenGlass {
  @Field(() => ID, { description: 'Its id; entries of the trail name it.' })
  id: string;
  @Field(() => ID, { description: 'The facility where she stood.' })
  facilityId: string;
  @Field(() => ID, { description: 'Her account.' })
  staffId: string;
  @Field(() => String, { description: 'Why, in her words.' })
  reason: string;
  @Field(() => Date, { description: 'Since when.' })
  openedAt: Date;
  @Field(() => Date, { description: 'Until when she is shown more.' })
  until: Date;
  @Field(() => Int, { description: 'How many persons she was shown under it.' })
  persons: number;
  @Field(() => FindingEnum, { nullable: true, description: 'What was found; absent until it is reviewed.' })
  finding: Finding | null;
  @Field(() => Date, { nullable: true, description: 'When it was reviewed.' })
  reviewedAt: Date | null;
}

@ObjectType({ description: 'A page of broken glasses, newest first.' })
export class BrokenGlassPage extends Page {
  @Field(() => [BrokenGlass], { description: 'The glasses.' })
  items: BrokenGlass[];
}

@InputType('BreakGlassInput', { description: 'Why more records are needed than a day allows.' })
export class BreakGlassGraphqlInput {
  @Field(() => ID, { description: 'Where the member of staff stands.' })
  facilityId: string;
  @Field(() => String, { description: 'Why; no name and no number of a person.' })
  @Length(10, 500)
  reason: string;
  @Field(() => String, { description: 'The same key again breaks no second glass.' })
  idempotencyKey: string;
}

@InputType('ReviewBreakGlassInput', { description: 'What was found.' })
export class ReviewBreakGlassGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'Which glass.' })
  id: string;
  @Field(() => FindingEnum, { description: 'Whether there was a reason.' })
  finding: Finding;
}

export const ReviewBreakGlassResult = createUnionType({
  name: 'ReviewBreakGlassResult',
  description: 'The glass as it was reviewed, or why it cannot be.',
  types: () => [BrokenGlass, ReviewNeedsSecondPerson, ReviewedBefore] as const,
  resolveType: value => ('reason' in value ? BrokenGlass : (value.constructor as typeof ReviewedBefore)),
});

@ObjectType({ description: 'A person doubts that somebody had a reason to look at her record.' })
export class LookObjection {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Whose record.' })
  personId: string;
  @Field(() => ID, { description: 'The entry of the trail that it is about.' })
  entryId: string;
  @Field(() => String, { nullable: true, description: 'What she says; absent when she has been erased.' })
  text: string | null;
  @Field(() => Date, { description: 'When she said it.' })
  at: Date;
  @Field(() => FindingEnum, {
    nullable: true,
    description: 'What the officer found; absent until she has answered.',
  })
  finding: Finding | null;
  @Field(() => String, { nullable: true, description: 'What the officer answers.' })
  answer: string | null;
  @Field(() => Date, { nullable: true, description: 'When she answered.' })
  answeredAt: Date | null;
}

@ObjectType({ description: 'A page of objections, newest first.' })
export class LookObjectionPage extends Page {
  @Field(() => [LookObjection], { description: 'The objections.' })
  items: LookObjection[];
}

@InputType('ObjectToLookInput', { description: 'An entry of the access log that somebody objects to.' })
export class ObjectToLookGraphqlInput {
  @Field(() => ID, { description: 'Whose record.' })
  personId: string;
  @Field(() => ID, { description: 'The entry, as `accessLog` gives it. One objection to each.' })
  entryId: string;
  @Field(() => String, { description: 'What is wrong with it.' })
  @Length(1, 1_000)
  text: string;
}

@InputType('AnswerObjectionInput', { description: 'What the data protection officer found.' })
export class AnswerObjectionGraphqlInput {
  @Field(() => ID, { description: 'Whose record.' })
  personId: string;
  @Field(() => ID, { description: 'The objection.' })
  objectionId: string;
  @Field(() => FindingEnum, { description: 'Whether there was a reason to look.' })
  finding: Finding;
  @Field(() => String, { description: 'The answer, as the person reads it.' })
  @Length(1, 2_000)
  answer: string;
}

export const AnswerObjectionResult = createUnionType({
  name: 'AnswerObjectionResult',
  description: 'The objection as it was answered, or why it cannot be.',
  types: () => [LookObjection, ReviewNeedsSecondPerson, ReviewedBefore] as const,
  resolveType: value => ('entryId' in value ? LookObjection : (value.constructor as typeof ReviewedBefore)),
});
