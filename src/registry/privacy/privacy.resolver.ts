import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { PageArgs } from '../../platform/graphql';
import { DecideErasure } from './decide-erasure';
import type { ErasureState } from './erasures.store';
import { LegalHolds } from './legal-holds';
import {
  DecideErasureGraphqlInput,
  ErasureRequest,
  ErasureRequestPage,
  ErasureStateEnum,
  LegalHold,
  LiftLegalHoldGraphqlInput,
  PlaceLegalHoldGraphqlInput,
  PrivacyRulesGraphql,
  RequestErasureGraphqlInput,
} from './privacy.graphql';
import { DecideErasureResult } from './privacy.refusals';
import { RequestErasure } from './request-erasure';
import { ConfigurePrivacy } from './configure-privacy';

@Resolver()
export class PrivacyResolver {
  constructor(
    private readonly asking: RequestErasure,
    private readonly deciding: DecideErasure,
    private readonly holds: LegalHolds,
    private readonly rules: ConfigurePrivacy,
  ) {}

  @Allow('erasure.request-own', 'erasure.request')
  @Mutation(() => ErasureRequest, {
    description:
      'Asks that a person be erased: the caller’s own, or any for staff who answer for the register.',
  })
  requestErasure(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, and why.' }) input: RequestErasureGraphqlInput,
  ): Promise<ErasureRequest> {
    return this.asking.run(ctx, input);
  }

  @Allow('erasure.decide')
  @Mutation(() => DecideErasureResult, {
    description:
      'Erases a person, or declines to. Whoever asked does not decide. An erasure cannot be undone.',
  })
  decideErasure(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which request, and what becomes of it.' })
    input: DecideErasureGraphqlInput,
  ): ReturnType<DecideErasure['run']> {
    return this.deciding.run(ctx, input);
  }

  @Allow('erasure.decide')
  @Query(() => ErasureRequestPage, {
    complexity: ({ args, childComplexity }) => (args as PageArgs).first * childComplexity,
    description: 'Requests for erasure, newest first.',
  })
  erasureRequests(
    @Ctx() ctx: Context,
    @Args('state', { type: () => ErasureStateEnum, description: 'Where they stand.' }) state: ErasureState,
    @Args() page: PageArgs,
  ): Promise<ErasureRequestPage> {
    return this.asking.page(ctx, state, page);
  }

  @Allow('legal-hold.place')
  @Mutation(() => LegalHold, {
    description: 'Keeps a person’s record from being erased, for a court or an inquiry.',
  })
  placeLegalHold(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whose, and for which case.' }) input: PlaceLegalHoldGraphqlInput,
  ): Promise<LegalHold> {
    return this.holds.place(ctx, input);
  }

  @Allow('legal-hold.lift')
  @Mutation(() => LegalHold, { description: 'Ends a hold. One that has ended stays as it was.' })
  liftLegalHold(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which.' }) input: LiftLegalHoldGraphqlInput,
  ): Promise<LegalHold> {
    return this.holds.lift(ctx, input);
  }

  @Allow('privacy.read')
  @Query(() => PrivacyRulesGraphql, {
    description: 'What the country’s law says about privacy, as it is in force.',
  })
  privacyRules(@Ctx() ctx: Context): Promise<PrivacyRulesGraphql> {
    return this.rules.read(ctx);
  }

  @Allow('privacy.configure')
  @Mutation(() => PrivacyRulesGraphql, { description: 'Says what the country’s law asks for.' })
  setPrivacyRules(
    @Ctx() ctx: Context,
    @Args('rules', { description: 'All of them.' }) rules: PrivacyRulesGraphql,
  ): Promise<PrivacyRulesGraphql> {
    return this.rules.run(ctx, rules);
  }
}
