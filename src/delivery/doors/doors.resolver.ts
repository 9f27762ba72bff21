import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { DirectConsignmentResult } from '../consignments/consignment.graphql';
import { CheckHandover } from './check-handover';
import { DirectConsignment } from './direct-consignment';
import {
  CheckHandoverGraphqlInput,
  CheckHandoverResult,
  HandoverSecretView,
  RedirectConsignmentGraphqlInput,
  ReturnConsignmentGraphqlInput,
} from './door.graphql';
import { ReadHandoverSecret } from './read-handover-secret';

@Resolver()
export class DoorsResolver {
  constructor(
    private readonly check: CheckHandover,
    private readonly direct: DirectConsignment,
    private readonly secret: ReadHandoverSecret,
  ) {}

  @Allow('consignment.send')
  @Query(() => HandoverSecretView, {
    description:
      'What the receiver of a consignment says or shows at the door: for the sender, to give it to her. Each look is in the audit.',
  })
  handoverSecret(
    @Ctx() ctx: Context,
    @Args('unit', { type: () => String, description: 'Code of the unit that bears its label.' }) unit: string,
  ): Promise<HandoverSecretView> {
    return this.secret.run(ctx, unit);
  }

  @Allow('scan.capture')
  @Mutation(() => CheckHandoverResult, {
    description:
      'Asks, at the door, whether a secret is the right one, before the thing is handed over. After five wrong guesses no secret proves anything.',
  })
  checkHandover(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What she said or showed.' }) input: CheckHandoverGraphqlInput,
  ): Promise<object> {
    return this.check.run(ctx, input);
  }

  @Allow('consignment.direct')
  @Mutation(() => DirectConsignmentResult, {
    description:
      'Sends a consignment that is on its way to another hub, by the earliest way from where it is.',
  })
  redirectConsignment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and where to.' }) input: RedirectConsignmentGraphqlInput,
  ): Promise<object> {
    return this.direct.redirect(ctx, input);
  }

  @Allow('consignment.direct')
  @Mutation(() => DirectConsignmentResult, {
    description: 'Sends a consignment that is on its way back to the hub that it came from.',
  })
  returnConsignment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which.' }) input: ReturnConsignmentGraphqlInput,
  ): Promise<object> {
    return this.direct.back(ctx, input);
  }
}
