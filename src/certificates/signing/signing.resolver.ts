import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { ReadSigningKeys } from './read-signing-keys';
import { RotateSigningKey } from './rotate-signing-key';
import { SigningKey, WithdrawalReason } from './signing-key.graphql';
import { WithdrawSigningKey } from './withdraw-signing-key';

@Resolver()
export class SigningResolver {
  constructor(
    private readonly read: ReadSigningKeys,
    private readonly rotate: RotateSigningKey,
    private readonly withdraw: WithdrawSigningKey,
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
        'The kid of the key made last of its algorithm; CONFLICT when it no longer is, so that twice is once.',
    })
    replacing: string,
    @Args('signsFrom', {
      type: () => Date,
      nullable: true,
      description:
        'When it begins to sign; at once when left out. It is listed at once in any case, so that verifiers abroad have it before.',
    })
    signsFrom: Date | null,
  ): Promise<SigningKey[]> {
    return this.rotate.run(ctx, { replacing, signsFrom: signsFrom ?? null });
  }

  @Allow('certificate.rotate-key')
  @Mutation(() => [SigningKey], {
    description:
      'Nothing that a key signed is believed from now on. If it signs now, a new one takes its place; every certificate it signed is revoked and signed anew. To withdraw it again changes nothing. Gives all keys.',
  })
  withdrawSigningKey(
    @Ctx() ctx: Context,
    @Args('kid', { type: () => ID, description: 'The kid of the key.' }) kid: string,
    @Args('reason', { type: () => WithdrawalReason, description: 'Why.' }) reason: WithdrawalReason,
  ): Promise<SigningKey[]> {
    return this.withdraw.run(ctx, { kid, reason });
  }
}
