import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { DateScalar, ID } from '../../platform/graphql';
import { CountryPack } from '../country-pack.graphql';
import type { PackRow } from '../programmes.store';
import { ApprovePack } from './approve-pack';
import { CancelPublication } from './cancel-publication';
import { ProposePack } from './propose-pack';
import {
  ApproveCountryPackGraphqlInput,
  CancelCountryPackGraphqlInput,
  CountryPackProposal,
  CountryPackPublication,
  ProposeCountryPackGraphqlInput,
  WithdrawCountryPackGraphqlInput,
} from './publication.graphql';
import {
  ApproveCountryPackResult,
  CancelCountryPackResult,
  ProposeCountryPackResult,
  WithdrawCountryPackResult,
} from './publication.refusals';
import { PublishPack } from './publish-pack';
import { ReadPublications } from './read-publications';
import { WithdrawProposal } from './withdraw-proposal';

@Resolver(() => CountryPackPublication)
export class PublicationResolver {
  constructor(
    private readonly proposing: ProposePack,
    private readonly approving: ApprovePack,
    private readonly withdrawing: WithdrawProposal,
    private readonly cancelling: CancelPublication,
    private readonly publication: PublishPack,
    private readonly reading: ReadPublications,
  ) {}

  @Allow('pack.read')
  @Query(() => [CountryPackProposal], {
    description: 'What was proposed to come into force, newest first; at most 200.',
  })
  countryPackProposals(
    @Ctx() ctx: Context,
    @Args('openOnly', {
      type: () => Boolean,
      defaultValue: false,
      description: 'True: only what waits for a second person.',
    })
    openOnly: boolean,
  ): Promise<CountryPackProposal[]> {
    return this.reading.proposals(ctx, openOnly);
  }

  @Allow('pack.read')
  @Query(() => [CountryPackPublication], {
    description: 'What came into force, will, or was cancelled, newest first; at most 200.',
  })
  countryPackPublications(@Ctx() ctx: Context): Promise<CountryPackPublication[]> {
    return this.reading.all(ctx);
  }

  @Allow('pack.draft')
  @Mutation(() => ProposeCountryPackResult, {
    description: 'Proposes a draft for a day. The linter and its golden cases are run.',
  })
  proposeCountryPack(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What, from when, what for.' }) input: ProposeCountryPackGraphqlInput,
  ): Promise<typeof ProposeCountryPackResult> {
    return this.proposing.run(ctx, input);
  }

  @Allow('pack.publish')
  @Mutation(() => ApproveCountryPackResult, {
    description:
      'Approves a proposal, as somebody who neither drafted, edited nor proposed the pack. It comes into force at the beginning of its day in the country, or at once when that is today.',
  })
  approveCountryPack(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The approval.' }) input: ApproveCountryPackGraphqlInput,
  ): Promise<typeof ApproveCountryPackResult> {
    return this.approving.run(ctx, input);
  }

  @Allow('pack.draft')
  @Mutation(() => WithdrawCountryPackResult, { description: 'Takes a proposal back.' })
  withdrawCountryPack(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and why.' }) input: WithdrawCountryPackGraphqlInput,
  ): Promise<typeof WithdrawCountryPackResult> {
    return this.withdrawing.run(ctx, input);
  }

  @Allow('pack.publish')
  @Mutation(() => CancelCountryPackResult, {
    description: 'Cancels a publication before its day. What is in force stays in force.',
  })
  cancelCountryPack(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and why.' }) input: CancelCountryPackGraphqlInput,
  ): Promise<typeof CancelCountryPackResult> {
    return this.cancelling.run(ctx, input);
  }

  @Allow('pack.publish')
  @Mutation(() => CountryPack, {
    description:
      'Publishes a draft that others made, as the second person and without a proposal. Whoever drafted or edited it is told INVALID_INPUT; `approveCountryPack` says more.',
  })
  publishCountryPack(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which draft.' }) id: string,
    @Args('effectiveOn', {
      type: () => DateScalar,
      nullable: true,
      description: "From which civil day, in the country's time zone; absent: today, at once.",
    })
    effectiveOn?: string,
  ): Promise<PackRow> {
    return this.publication.publish(ctx, { id, ...(effectiveOn ? { effectiveOn } : {}) });
  }

  @Allow('pack.publish')
  @Mutation(() => CountryPack, {
    description:
      'Goes back at once to the configuration that was in force before. One person is enough: two had wanted that one.',
  })
  rollBackCountryPack(
    @Ctx() ctx: Context,
    @Args('reason', { type: () => String, description: 'Why; kept with the publication.' }) reason: string,
  ): Promise<PackRow> {
    return this.publication.rollBack(ctx, { reason });
  }
}
