import { ResolveField, Resolver } from '@nestjs/graphql';
import { type Context, Ctx } from '../../platform/context';
import { SessionPack } from '../../vaccinations';
import { ReadSigningKeys } from './read-signing-keys';
import { SigningKey } from './signing-key.graphql';

/** What a device that goes offline checks certificates with. */
@Resolver(() => SessionPack)
export class SessionPackResolver {
  constructor(private readonly read: ReadSigningKeys) {}

  @ResolveField(() => [SigningKey], {
    complexity: 5,
    description: 'The keys to check the country’s certificates with, as `signingKeys` gives them.',
  })
  signingKeys(@Ctx() ctx: Context): Promise<SigningKey[]> {
    return this.read.run(ctx);
  }
}
