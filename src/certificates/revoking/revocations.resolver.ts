import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { PageArgs } from '../../platform/graphql';
import { DecideRevocation } from './decide-revocation';
import { ReadRevocations } from './read-revocations';
import { RequestRevocation } from './request-revocation';
import {
  DecideRevocationGraphqlInput,
  DecideRevocationResult,
  RequestRevocationGraphqlInput,
  type RevocationNeedsSecondPerson,
  RevocationOrder,
  RevocationOrderPage,
} from './revocation.graphql';

@Resolver()
export class RevocationsResolver {
  constructor(
    private readonly request: RequestRevocation,
    private readonly decide: DecideRevocation,
    private readonly read: ReadRevocations,
  ) {}

  @Allow('certificate.request-revocation')
  @Query(() => RevocationOrderPage, {
    description: 'Orders to revoke certificates of many people, and how far they are.',
    complexity: ({ args, childComplexity }) => Number(args.first) * (childComplexity + 5),
  })
  revocationOrders(@Ctx() ctx: Context, @Args() page: PageArgs): Promise<Page<RevocationOrder>> {
    return this.read.page(ctx, page);
  }

  @Allow('certificate.request-revocation')
  @Mutation(() => RevocationOrder, {
    description:
      'Asks for certificates of many people to be revoked. Nothing happens until a second person agrees.',
  })
  requestRevocation(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whose, and why.' }) input: RequestRevocationGraphqlInput,
  ): Promise<RevocationOrder> {
    return this.request.run(ctx, input);
  }

  @Allow('certificate.decide-revocation')
  @Mutation(() => DecideRevocationResult, {
    description:
      'Says whether an order is carried out, which another than who asked for it has to. It runs as a job; each person gets a certificate of what is left.',
  })
  decideRevocation(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and whether.' }) input: DecideRevocationGraphqlInput,
  ): Promise<RevocationOrder | RevocationNeedsSecondPerson> {
    return this.decide.run(ctx, input);
  }
}
