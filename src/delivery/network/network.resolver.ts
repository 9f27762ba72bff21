import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { nameFor } from '../../facilities';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { CancelRun } from './cancel-run';
import { FindRoute } from './find-route';
import type { TemperatureClass } from './hub-rules';
import { ImportHubs } from './import-hubs';
import { ImportLegs } from './import-legs';
import {
  CancelledDeparture,
  CancelRunGraphqlInput,
  DeliveryRouteGraphqlInput,
  DeliveryRouteResult,
  Hub,
  HubPage,
  HubsArgs,
  Leg,
  NetworkImport,
  PublishedSortPlan,
  SortDirection,
  SortPlan,
  SortPlanArgs,
  TemperatureClassEnum,
} from './network.graphql';
import type { CancelledRun, HubRow, LegRow } from './network.store';
import { PublishSortPlan } from './publish-sort-plan';
import { ReadNetwork } from './read-network';
import { ReadSortPlan, type SortPlanView } from './read-sort-plan';
import type { SortPlanRow, StoredDirection } from './sort-plans.store';
import { dayAndTime } from './week-rules';

@Resolver(() => Hub)
export class NetworkResolver {
  constructor(
    private readonly read: ReadNetwork,
    private readonly route: FindRoute,
    private readonly hubImport: ImportHubs,
    private readonly legImport: ImportLegs,
    private readonly cancel: CancelRun,
    private readonly publish: PublishSortPlan,
    private readonly plan: ReadSortPlan,
  ) {}

  @Allow('network.read')
  @Query(() => HubPage, {
    description: 'The hubs of the delivery network.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  hubs(@Ctx() ctx: Context, @Args() args: HubsArgs): Promise<Page<HubRow>> {
    return this.read.hubs(ctx, args.areaId ?? null, args);
  }

  @Allow('network.read')
  @Query(() => Hub, {
    nullable: true,
    description:
      'The hub that delivers to an area: its own, or that of the nearest area above; absent when none does.',
  })
  hubServing(
    @Ctx() ctx: Context,
    @Args('areaId', { type: () => ID, description: 'The area.' }) areaId: string,
  ): Promise<HubRow | null> {
    return this.read.serving(ctx, areaId);
  }

  @Allow('network.read')
  @Query(() => [Leg], {
    complexity: 100,
    description: 'The weekly departures of a hub, in the order of the week.',
  })
  legs(
    @Ctx() ctx: Context,
    @Args('hubId', { type: () => ID, description: 'The hub they leave.' }) hubId: string,
  ): Promise<LegRow[]> {
    return this.read.legs(ctx, hubId);
  }

  @Allow('network.read')
  @Query(() => DeliveryRouteResult, { description: 'The earliest way from a hub to another.' })
  deliveryRoute(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What is asked.' }) input: DeliveryRouteGraphqlInput,
  ): Promise<object> {
    return this.route.run(ctx, input);
  }

  @Allow('network.read')
  @Query(() => SortPlan, { description: 'How a hub sorts until its next cut-off, by its published plan.' })
  sortPlan(@Ctx() ctx: Context, @Args() args: SortPlanArgs): Promise<SortPlanView> {
    return this.plan.run(ctx, args);
  }

  @Allow('network.change')
  @Mutation(() => NetworkImport, {
    description: `Takes in hubs as CSV, at most 20,000 rows with the columns code, level, area (its code), handling_minutes,
open_days (1 is Monday: \`1-6\` or \`1 3 5\`), opens, closes (HH:MM), name:<language>, and if wanted parent (a hub's code),
facility (its code), serves (codes of areas, separated by spaces), latitude, longitude. Good rows are stored by code, bad
rows come back with reasons.`,
  })
  importHubs(
    @Ctx() ctx: Context,
    @Args('csv', { type: () => String, description: 'The file as text.' }) csv: string,
    @Args('dryRun', { type: () => Boolean, description: 'True: say what would happen and store nothing.' })
    dryRun: boolean,
  ): Promise<NetworkImport> {
    return this.hubImport.run(ctx, { csv, dryRun });
  }

  @Allow('network.change')
  @Mutation(() => NetworkImport, {
    description: `Takes in weekly departures as CSV, at most 60,000 rows with the columns from, to (codes of hubs), day (1 is
Monday), departs (HH:MM), minutes (under way), mode, temperature, active (yes or no), and if wanted capacity_kg. A departure
is known by its hubs, day, time, mode and temperature. Good rows are stored, bad rows come back with reasons.`,
  })
  importLegs(
    @Ctx() ctx: Context,
    @Args('csv', { type: () => String, description: 'The file as text.' }) csv: string,
    @Args('dryRun', { type: () => Boolean, description: 'True: say what would happen and store nothing.' })
    dryRun: boolean,
  ): Promise<NetworkImport> {
    return this.legImport.run(ctx, { csv, dryRun });
  }

  @Allow('network.change')
  @Mutation(() => CancelledDeparture, {
    description:
      'A departure does not run on one day; routes go another way at once. To cancel it again changes nothing.',
  })
  cancelRun(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which and why.' }) input: CancelRunGraphqlInput,
  ): Promise<CancelledRun> {
    return this.cancel.run(ctx, input);
  }

  @Allow('network.change')
  @Mutation(() => PublishedSortPlan, {
    description: 'Makes the sort plan of a hub anew from the timetable; it sorts by it from then on.',
  })
  publishSortPlan(
    @Ctx() ctx: Context,
    @Args('hubId', { type: () => ID, description: 'The hub that sorts.' }) hubId: string,
    @Args('temperature', {
      type: () => TemperatureClassEnum,
      defaultValue: 'AMBIENT',
      description: 'For goods of which class.',
    })
    temperature: TemperatureClass,
  ): Promise<SortPlanRow> {
    return this.publish.run(ctx, hubId, temperature);
  }

  @ResolveField(() => String)
  name(@Ctx() ctx: Context, @Parent() hub: HubRow): string {
    return nameFor(ctx, hub.names, hub.code);
  }
}

/** When a leg departs, as people read it. */
@Resolver(() => Leg)
export class LegResolver {
  @ResolveField(() => String)
  time(@Parent() leg: LegRow): string {
    return dayAndTime(leg.departs).time;
  }

  @ResolveField()
  day(@Parent() leg: LegRow): number {
    return dayAndTime(leg.departs).day;
  }
}

/** When the departure of a direction is, as people read it. */
@Resolver(() => SortDirection)
export class SortDirectionResolver {
  @ResolveField(() => String)
  time(@Parent() direction: StoredDirection): string {
    return dayAndTime(direction.departs).time;
  }

  @ResolveField()
  day(@Parent() direction: StoredDirection): number {
    return dayAndTime(direction.departs).day;
  }
}
