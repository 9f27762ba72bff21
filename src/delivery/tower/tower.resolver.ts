import { Args, ArgsType, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, IsUUID, Max, Min } from 'class-validator';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { DateScalar, ID, PageArgs } from '../../platform/graphql';
import { ReadTower } from './read-tower';
import { DeliveryFigures, StuckConsignmentPage } from './tower.graphql';

@ArgsType()
export class DeliveryFiguresArgs {
  @Field(() => DateScalar, { description: 'The first day.' })
  from: string;
  @Field(() => DateScalar, { description: 'The last day, at most 100 days in all.' })
  to: string;
  @Field(() => ID, {
    nullable: true,
    description: 'An area with all below it; the whole country when left out.',
  })
  @IsOptional()
  @IsUUID()
  areaId?: string | null;
}

@ArgsType()
export class StuckConsignmentsArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'An area with all below it; the whole country when left out.',
  })
  @IsOptional()
  @IsUUID()
  areaId?: string | null;
  @Field(() => Int, {
    defaultValue: 24,
    description: 'Hours without a scan after which it is stuck, 1 to 720.',
  })
  @Min(1)
  @Max(720)
  quietHours: number;
}

@Resolver()
export class TowerResolver {
  constructor(private readonly read: ReadTower) {}

  @Allow('delivery.watch')
  @Query(() => DeliveryFigures, {
    complexity: 200,
    description: 'How the network runs: on time, proven, sorted wrong, by day, area and hub.',
  })
  deliveryFigures(@Ctx() ctx: Context, @Args() asked: DeliveryFiguresArgs): Promise<DeliveryFigures> {
    return this.read.figures(ctx, asked);
  }

  @Allow('delivery.watch')
  @Query(() => StuckConsignmentPage, {
    description: 'Consignments that do not get on.',
    complexity: ({ args, childComplexity }) => 50 + Number(args.first) * childComplexity,
  })
  stuckConsignments(
    @Ctx() ctx: Context,
    @Args() asked: StuckConsignmentsArgs,
  ): Promise<StuckConsignmentPage> {
    return this.read.stuck(ctx, asked);
  }
}
