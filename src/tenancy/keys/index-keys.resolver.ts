import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { IndexKeyState } from './index-key.graphql';
import { RotateIndexKey } from './rotate-index-key';

@Resolver()
export class IndexKeysResolver {
  constructor(private readonly rotation: RotateIndexKey) {}

  @Allow('data-key.rotate')
  @Query(() => [IndexKeyState], { description: 'The keys of the country’s blind indexes, oldest first.' })
  indexKeys(@Ctx() ctx: Context): Promise<IndexKeyState[]> {
    return this.rotation.all(ctx);
  }

  @Allow('data-key.rotate')
  @Mutation(() => IndexKeyState, {
    description:
      'Gives the country a new key for finding identifiers and phones. Values are stored under it from an hour later; ' +
      'within two days a daily round has stored everything under it. Nobody has to wait meanwhile.',
  })
  rotateIndexKey(
    @Ctx() ctx: Context,
    @Args('idempotencyKey', { type: () => String, description: 'The same key again gives the same answer.' })
    idempotencyKey: string,
  ): Promise<IndexKeyState> {
    return this.rotation.run(ctx, { idempotencyKey });
  }
}
