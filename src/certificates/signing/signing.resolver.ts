import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ReadSigningKeys } from './read-signing-keys';
import { RotateSigningKey } from './rotate-signing-key';
import { SigningKey } from './signing-key.graphql';

@Resolver()
export class SigningResolver {
  constructor(
    private readonly read: ReadSigningKeys,
    private readonly rotate: RotateSigningKey,
  ) {}

  @Public()
  @Query(() => [SigningKey], {
    description:
      'The keys to check the country’s certificates with, newest first. Whatever is not here is not its own.',
  })
  signingKeys(@Ctx() ctx: Context): Promise<SigningKey[]> {
    return this.read.run(ctx);
  }

  @Allow('certificate.rotate-key')
  @Mutation(() => [SigningKey], {
    description: 'Has a new key sign from now on; what the earlier ones signed stays valid. Gives all keys.',
  })
  rotateSigningKey(
    @Ctx() ctx: Context,
    @Args('replacing', {
      type: () => ID,
      description:
        'The kid of the key that signs now; CONFLICT when it no longer does, so that twice is once.',
    })
    replacing: string,
  ): Promise<SigningKey[]> {
    return this.rotate.run(ctx, { replacing });
  }
}
