import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ImportTrustList } from './import-trust-list';
import { ReadTrustLists } from './read-trust-lists';
import {
  ImportTrustListInput,
  ImportTrustListResult,
  TrustList,
  type TrustListUnreadable,
} from './trust-list.graphql';

@Resolver()
export class TrustListsResolver {
  constructor(
    private readonly importList: ImportTrustList,
    private readonly read: ReadTrustLists,
  ) {}

  @Allow('certificate.trust')
  @Query(() => [TrustList], {
    description: 'Whose certificates the country believes besides its own, by name.',
  })
  trustLists(@Ctx() ctx: Context): Promise<TrustList[]> {
    return this.read.run(ctx);
  }

  @Allow('certificate.trust')
  @Mutation(() => ImportTrustListResult, {
    description:
      'Has the country believe these signers until a day. A list with one fault is refused whole; the one of the same name before it no longer counts.',
  })
  importTrustList(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The list.' }) input: ImportTrustListInput,
  ): Promise<TrustList | TrustListUnreadable> {
    return this.importList.run(ctx, input);
  }
}
