import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { DateScalar, ID, Refusal } from '../../platform/graphql';
import type { TextParams } from '../../platform/i18n';
import { CountryPack } from '../country-pack.graphql';
import { CountryPackMovedOn } from '../drafts/draft.refusals';
import { CountryPackGoldenCase, CountryPackLintFinding } from '../drafts/findings.graphql';
import type { PackRow } from '../programmes.store';
import { CountryPackProposal, CountryPackPublication } from './publication.graphql';

@ObjectType({
  implements: () => [Refusal],
  description: 'The pack is not ready: its schedule contradicts itself, or does not answer its golden cases.',
})
export class CountryPackNotReady implements Refusal {
  message: string;
  @Field(() => [CountryPackLintFinding], { description: 'The errors of the linter.' })
  lint: CountryPackLintFinding[];
  @Field(() => [CountryPackGoldenCase], { description: 'The golden cases that come out otherwise.' })
  golden: CountryPackGoldenCase[];
}

@ObjectType({
  implements: () => [Refusal],
  description: 'Something else was published under this version. Give the pack, or its schedule, a new one.',
})
export class CountryPackVersionTaken implements Refusal {
  message: string;
  @Field(() => String, { description: '`pack`, or `schedule` and the code of the schedule.' })
  of: string;
  @Field(() => String, { description: 'The version.' })
  version: string;
  @Field(() => CountryPack, { description: 'The pack that was published under it.' })
  pack: PackRow;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'That day is over, or none that a pack can be published for.',
})
export class EffectiveDateTooEarly implements Refusal {
  message: string;
  @Field(() => DateScalar, { description: 'The earliest day: today, in the country.' })
  earliest: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'Whoever drafted, edited or proposed a pack does not approve it. Ask somebody else.',
})
export class CountryPackNeedsSecondPerson implements Refusal {
  message: string;
  @Field(() => [ID], { description: 'Accounts of those who cannot approve it.' })
  involved: string[];
}

@ObjectType({ implements: () => [Refusal], description: 'The proposal was approved or withdrawn before.' })
export class CountryPackProposalClosed implements Refusal {
  message: string;
  @Field(() => CountryPackProposal, { description: 'The proposal as it ended.' })
  proposal: CountryPackProposal;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'Another publication was made at the same moment. Look at what it changed, then try again.',
})
export class CountryPackPublishedMeanwhile implements Refusal {
  message: string;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    'The publication has come into force or was cancelled before. What is in force can be rolled back.',
})
export class CountryPackPublicationClosed implements Refusal {
  message: string;
  @Field(() => CountryPackPublication, { description: 'The publication as it is.' })
  publication: CountryPackPublication;
}

/** Why a pack cannot be published now. */
export type PublicationRefusal =
  | CountryPackNotReady
  | CountryPackVersionTaken
  | EffectiveDateTooEarly
  | CountryPackNeedsSecondPerson
  | CountryPackProposalClosed
  | CountryPackPublishedMeanwhile;

/** With what each is said; of a field that answers with errors alone, the error's. */
export const SAID = new Map<object, (refusal: never) => [key: string, params: TextParams]>([
  [CountryPackNotReady, () => ['programmes.notReady', {}]],
  [
    CountryPackVersionTaken,
    ({ version }: CountryPackVersionTaken) => ['programmes.versionTaken', { version }],
  ],
  [
    EffectiveDateTooEarly,
    ({ earliest }: EffectiveDateTooEarly) => ['programmes.dateTooEarly', { date: earliest }],
  ],
  [CountryPackNeedsSecondPerson, () => ['programmes.secondPersonNeeded', {}]],
  [CountryPackProposalClosed, () => ['programmes.proposalClosed', {}]],
  [CountryPackPublishedMeanwhile, () => ['programmes.publishedMeanwhile', {}]],
  [CountryPackPublicationClosed, () => ['programmes.publicationClosed', {}]],
  [CountryPackMovedOn, () => ['programmes.movedOn', {}]],
]);

const byConstructor = (value: object) => value.constructor as typeof CountryPackProposal;

export const ProposeCountryPackResult = createUnionType({
  name: 'ProposeCountryPackResult',
  description: 'The proposal, or why the pack cannot be proposed.',
  types: () =>
    [
      CountryPackProposal,
      CountryPackNotReady,
      CountryPackVersionTaken,
      EffectiveDateTooEarly,
      CountryPackMovedOn,
    ] as const,
  resolveType: byConstructor,
});

export const ApproveCountryPackResult = createUnionType({
  name: 'ApproveCountryPackResult',
  description: 'The publication, or why the proposal cannot be approved.',
  types: () =>
    [
      CountryPackPublication,
      CountryPackNotReady,
      CountryPackVersionTaken,
      EffectiveDateTooEarly,
      CountryPackNeedsSecondPerson,
      CountryPackProposalClosed,
      CountryPackPublishedMeanwhile,
    ] as const,
  resolveType: byConstructor,
});

export const WithdrawCountryPackResult = createUnionType({
  name: 'WithdrawCountryPackResult',
  description: 'The proposal, withdrawn, or how it had ended before.',
  types: () => [CountryPackProposal, CountryPackProposalClosed] as const,
  resolveType: byConstructor,
});

export const CancelCountryPackResult = createUnionType({
  name: 'CancelCountryPackResult',
  description: 'The publication, cancelled, or why it cannot be.',
  types: () => [CountryPackPublication, CountryPackPublicationClosed] as const,
  resolveType: byConstructor,
});
