import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { ChangeEquipment } from './change-equipment';
import {
  ChangeColdEquipmentGraphqlInput,
  ColdEquipment,
  ColdEquipmentPage,
  RegisterColdEquipmentGraphqlInput,
  RegisterColdEquipmentResult,
} from './equipment.graphql';
import { ReadEquipment } from './read-equipment';
import { RegisterEquipment } from './register-equipment';

@Resolver()
export class EquipmentResolver {
  constructor(
    private readonly read: ReadEquipment,
    private readonly register: RegisterEquipment,
    private readonly change: ChangeEquipment,
  ) {}

  @Allow('cold-equipment.read')
  @Query(() => ColdEquipmentPage, {
    description: 'What a facility keeps things cold with.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  coldEquipment(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args() page: PageArgs,
  ): Promise<ColdEquipmentPage> {
    return this.read.run(ctx, facilityId, page);
  }

  @Allow('cold-equipment.register')
  @Mutation(() => RegisterColdEquipmentResult, {
    description: 'A facility keeps things cold with something new.',
  })
  registerColdEquipment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What it is.' }) input: RegisterColdEquipmentGraphqlInput,
  ): Promise<object> {
    return this.register.run(ctx, input);
  }

  @Allow('cold-equipment.register')
  @Mutation(() => ColdEquipment, {
    description:
      'Equipment fails, is repaired, works again or is retired for ever. To say it again changes nothing.',
  })
  changeColdEquipment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and how it is now.' }) input: ChangeColdEquipmentGraphqlInput,
  ): Promise<ColdEquipment> {
    return this.change.run(ctx, input);
  }
}
