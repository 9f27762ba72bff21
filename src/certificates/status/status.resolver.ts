import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { CheckStatus } from './check-status';
import { GiveStatusConsent } from './give-status-consent';
import {
  type CheckedStatus,
  CheckStatusGraphqlInput,
  CheckStatusResult,
  EndStatusConsentInput,
  GivenStatusConsent,
  GiveStatusConsentGraphqlInput,
  type StatusCodeUnknown,
  StatusConsent,
} from './status.graphql';

@Resolver()
export class StatusResolver {
  constructor(
    private readonly consents: GiveStatusConsent,
    private readonly check: CheckStatus,
  ) {}

  @Allow('certificate.give-status-consent')
  @Query(() => [StatusConsent], {
    complexity: 100,
    description: 'Who may ask how far a person is, and who has asked; newest first, at most a hundred.',
  })
  statusConsents(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Whose.' }) personId: string,
  ): Promise<StatusConsent[]> {
    return this.consents.ofPerson(ctx, personId);
  }

  @Allow('certificate.give-status-consent')
  @Mutation(() => GivenStatusConsent, {
    description: 'Lets whoever is given the code ask how far a person is with a vaccine group, for a time.',
  })
  giveStatusConsent(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What, and how long.' }) input: GiveStatusConsentGraphqlInput,
  ): Promise<GivenStatusConsent> {
    return this.consents.run(ctx, input);
  }

  @Allow('certificate.give-status-consent')
  @Mutation(() => StatusConsent, { description: 'Ends a consent before its time.' })
  endStatusConsent(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which.' }) input: EndStatusConsentInput,
  ): Promise<StatusConsent> {
    return this.consents.end(ctx, input);
  }

  @Public()
  @Mutation(() => CheckStatusResult, {
    complexity: 50,
    description:
      'Asks how far a person is, with the code that she gave. Each use is kept, and she sees who it was.',
  })
  checkVaccinationStatus(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The code, and who asks.' }) input: CheckStatusGraphqlInput,
  ): Promise<CheckedStatus | StatusCodeUnknown> {
    return this.check.run(ctx, input);
  }
}
