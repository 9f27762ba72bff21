import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, Length, MaxLength } from 'class-validator';
import { DateScalar, ID } from '../../platform/graphql';
import { CountryPack } from '../country-pack.graphql';
import type { PackRow } from '../programmes.store';
import type { Decision, PublicationKind, PublicationState } from './publications.store';

export const ProposalStateEnum = { OPEN: 'OPEN', APPROVED: 'APPROVED', WITHDRAWN: 'WITHDRAWN' } as const;
registerEnumType(ProposalStateEnum, {
  name: 'ProposalState',
  description: 'What became of a proposal.',
  valuesMap: {
    OPEN: { description: 'It waits for a second person.' },
    APPROVED: { description: 'A second person approved it; there is a publication.' },
    WITHDRAWN: { description: 'It was taken back.' },
  },
});

export const PublicationKindEnum = { PUBLISH: 'PUBLISH', ROLLBACK: 'ROLLBACK' } as const;
registerEnumType(PublicationKindEnum, {
  name: 'PublicationKind',
  description: 'How a pack came to be published.',
  valuesMap: {
    PUBLISH: { description: 'Two people wanted it.' },
    ROLLBACK: { description: 'One person went back to what two people had wanted before.' },
  },
});

export const PublicationStateEnum = {
  SCHEDULED: 'SCHEDULED',
  IN_FORCE: 'IN_FORCE',
  PAST: 'PAST',
  CANCELLED: 'CANCELLED',
  PASSED_OVER: 'PASSED_OVER',
} as const;
registerEnumType(PublicationStateEnum, {
  name: 'PublicationState',
  description: 'Where a publication stands.',
  valuesMap: {
    SCHEDULED: { description: 'Its day has not come.' },
    IN_FORCE: { description: 'Its pack is in force.' },
    PAST: { description: 'Its pack was in force.' },
    CANCELLED: { description: 'It was cancelled before its day.' },
    PASSED_OVER: { description: 'A later one came into force before this one could.' },
  },
});

@ObjectType({
  description: 'A pack that somebody wants in force from a day on. A second person approves it.',
})
export class CountryPackProposal {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => CountryPack, {
    description: 'What would come into force: this state of the draft and no later one.',
  })
  pack: PackRow;
  @Field(() => DateScalar, { description: "From which civil day, in the country's time zone." })
  effectiveOn: string;
  @Field(() => String, { description: 'What it is for.' })
  note: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Account of whoever proposed it; absent: the service itself.',
  })
  proposedBy: string | null;
  @Field(() => Date, { description: 'When.' })
  proposedAt: Date;
  @Field(() => ProposalStateEnum, { description: 'What became of it.' })
  state: Decision | 'OPEN';
  @Field(() => ID, { nullable: true, description: 'Account of whoever approved or withdrew it.' })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true, description: 'When.' })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true, description: 'What she noted.' })
  decisionNote: string | null;
}

@ObjectType({ description: 'A pack that was put in force, or that will be. Kept for ever.' })
export class CountryPackPublication {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => Int, { description: 'The publications of a country are numbered from 1.' })
  number: number;
  @Field(() => CountryPack, { description: 'The pack.' })
  pack: PackRow;
  @Field(() => PublicationKindEnum, { description: 'How it came about.' })
  kind: PublicationKind;
  @Field(() => ID, { nullable: true, description: 'The proposal that was approved, where there was one.' })
  proposalId: string | null;
  @Field(() => ID, { nullable: true, description: 'Account of whoever approved it or rolled back.' })
  publishedBy: string | null;
  @Field(() => Date, { description: 'When that was.' })
  publishedAt: Date;
  @Field(() => DateScalar, { description: "The civil day from which it holds, in the country's time zone." })
  effectiveOn: string;
  @Field(() => Date, {
    description: 'The instant from which it holds: the beginning of that day, or at once.',
  })
  effectiveAt: Date;
  @Field(() => String, { nullable: true, description: 'Why: of a rollback always, else where it was noted.' })
  reason: string | null;
  @Field(() => PublicationStateEnum, { description: 'Where it stands now.' })
  state: PublicationState;
  @Field(() => ID, { nullable: true, description: 'Account of whoever cancelled it.' })
  cancelledBy: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was cancelled.' })
  cancelReason: string | null;
}

@InputType('ProposeCountryPackInput', { description: 'A pack to come into force.' })
export class ProposeCountryPackGraphqlInput {
  @Field(() => ID, { description: 'The newest state of a draft.' })
  packId: string;
  @Field(() => DateScalar, {
    description: "From which civil day, in the country's time zone: today or later.",
  })
  effectiveOn: string;
  @Field(() => String, { description: 'What it is for, for whoever approves it.' })
  @Length(1, 2000)
  note: string;
}

@InputType('ApproveCountryPackInput', { description: 'An approval by a second person.' })
export class ApproveCountryPackGraphqlInput {
  @Field(() => ID, { description: 'The proposal.' })
  proposalId: string;
  @Field(() => String, { nullable: true, description: 'Whatever should be remembered with it.' })
  @IsOptional()
  @MaxLength(2000)
  note?: string;
}

@InputType('WithdrawCountryPackInput', { description: 'A proposal to be taken back.' })
export class WithdrawCountryPackGraphqlInput {
  @Field(() => ID, { description: 'The proposal.' })
  proposalId: string;
  @Field(() => String, { description: 'Why.' })
  @Length(1, 2000)
  reason: string;
}

@InputType('CancelCountryPackInput', {
  description: 'A publication whose day has not come, to be cancelled.',
})
export class CancelCountryPackGraphqlInput {
  @Field(() => ID, { description: 'The publication.' })
  publicationId: string;
  @Field(() => String, { description: 'Why.' })
  @Length(1, 2000)
  reason: string;
}
