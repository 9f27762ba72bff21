import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { ReadSimulation, type SimulationView } from './read-simulation';
import { SimulateProgramme } from './simulate-programme';
import {
  ProgrammeSimulation,
  SimulatedAreaArgs,
  SimulatedAreaNeed,
  SimulatedGroup,
  SimulatedNeed,
  SimulateProgrammeInput,
} from './simulation.graphql';

@Resolver(() => ProgrammeSimulation)
export class SimulationResolver {
  constructor(
    private readonly simulate: SimulateProgramme,
    private readonly read: ReadSimulation,
  ) {}

  @Allow('programme.simulate')
  @Mutation(() => ProgrammeSimulation, {
    description: 'Tries a configuration out on everybody registered, as a job. Nobody’s record changes.',
  })
  async simulateProgramme(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What to try out.' }) input: SimulateProgrammeInput,
  ): Promise<SimulationView> {
    return this.read.one(ctx, (await this.simulate.run(ctx, input)).id);
  }

  @Allow('programme.simulate')
  @Query(() => ProgrammeSimulation, { description: 'What a simulation has counted.' })
  programmeSimulation(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'The simulation.' }) id: string,
  ): Promise<SimulationView> {
    return this.read.one(ctx, id);
  }

  @ResolveField(() => [SimulatedGroup], {
    complexity: ({ childComplexity }) => 20 * childComplexity,
    description: 'What would change on the first day, by vaccine group.',
  })
  groups(
    @Ctx() ctx: Context,
    @Parent() simulation: SimulationView,
    @Args() { areaId }: SimulatedAreaArgs,
  ): Promise<SimulatedGroup[]> {
    return this.read.groups(ctx, simulation, areaId ?? null);
  }

  @ResolveField(() => [SimulatedNeed], {
    complexity: ({ childComplexity }) => 100 * childComplexity,
    description: 'Doses needed if everybody came on time, by month and vaccine, of an area as a whole.',
  })
  needs(
    @Ctx() ctx: Context,
    @Parent() simulation: SimulationView,
    @Args() { areaId }: SimulatedAreaArgs,
  ): Promise<SimulatedNeed[]> {
    return this.read.needs(ctx, simulation, areaId ?? null);
  }

  @ResolveField(() => [SimulatedAreaNeed], {
    complexity: ({ childComplexity }) => 200 * childComplexity,
    description:
      'Doses needed if everybody came on time, by month and vaccine, of each part directly below an area.',
  })
  areaNeeds(
    @Ctx() ctx: Context,
    @Parent() simulation: SimulationView,
    @Args() { areaId }: SimulatedAreaArgs,
  ): Promise<SimulatedAreaNeed[]> {
    return this.read.areaNeeds(ctx, simulation, areaId ?? null);
  }
}
