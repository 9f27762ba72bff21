import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ColdUnit, LabelColdEquipmentGraphqlInput } from './carrier.graphql';
import { LabelColdEquipment } from './label-cold-equipment';

@Resolver()
export class CarriersResolver {
  constructor(private readonly label: LabelColdEquipment) {}

  @Allow('cold-equipment.register')
  @Mutation(() => ColdUnit, {
    description:
      'Says which label a cold box or vehicle bears. An excursion measured in it is then on record with every consignment that was in it.',
  })
  labelColdEquipment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which label, of which equipment.' }) input: LabelColdEquipmentGraphqlInput,
  ): Promise<ColdUnit> {
    return this.label.run(ctx, input);
  }
}
