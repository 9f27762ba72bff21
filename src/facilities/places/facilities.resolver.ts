import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { nameFor } from '../names';
import { ChangeFacility } from './change-facility';
import type { FacilityRow } from './facilities.store';
import {
  ChangeFacilityGraphqlInput,
  Facility,
  FacilityFilterGraphqlInput,
  FacilityImport,
  FacilityPage,
  RegisterFacilityGraphqlInput,
  RegisterFacilityResult,
} from './facility.graphql';
import { ImportFacilities } from './import-facilities';
import { ReadFacilities } from './read-facilities';
import { RegisterFacility } from './register-facility';

@Resolver(() => Facility)
export class FacilitiesResolver {
  constructor(
    private readonly read: ReadFacilities,
    private readonly registration: RegisterFacility,
    private readonly change: ChangeFacility,
    private readonly importation: ImportFacilities,
  ) {}

  @Public()
  @Query(() => FacilityPage, {
    description: 'The places that vaccinate; staff who may change them see the closed ones too.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  facilities(
    @Ctx() ctx: Context,
    @Args() page: PageArgs,
    @Args('filter', { nullable: true, description: 'Which ones; all when left out.' })
    filter?: FacilityFilterGraphqlInput,
  ): Promise<Page<FacilityRow>> {
    return this.read.page(ctx, filter ?? {}, page);
  }

  @Public()
  @Query(() => Facility, { description: 'One place that vaccinates.' })
  facility(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<FacilityRow> {
    return this.read.one(ctx, id);
  }

  @Allow('facility.register')
  @Mutation(() => RegisterFacilityResult, {
    description: 'Registers a place that vaccinates; it is in use at once.',
  })
  registerFacility(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The place.' }) input: RegisterFacilityGraphqlInput,
  ): Promise<typeof RegisterFacilityResult> {
    return this.registration.run(ctx, input);
  }

  @Allow('facility.change')
  @Mutation(() => Facility, {
    description: 'Puts right what is known of a facility; also opens and closes it.',
  })
  changeFacility(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What changes.' }) input: ChangeFacilityGraphqlInput,
  ): Promise<FacilityRow> {
    return this.change.run(ctx, input);
  }

  @Allow('facility.import')
  @Mutation(() => FacilityImport, {
    description: `Takes in a register of facilities as CSV, at most 10,000 rows with the columns code, area (its code),
category, kind, active (yes or no), name:<language>, and if wanted address, postal_code, latitude, longitude, phone,
opening_hours, services (separated by spaces). Good rows are stored by code, bad rows come back with reasons.`,
  })
  importFacilities(
    @Ctx() ctx: Context,
    @Args('csv', { type: () => String, description: 'The file as text.' }) csv: string,
    @Args('dryRun', { type: () => Boolean, description: 'True: say what would happen and store nothing.' })
    dryRun: boolean,
  ): Promise<FacilityImport> {
    return this.importation.run(ctx, { csv, dryRun });
  }

  @ResolveField(() => String)
  name(@Ctx() ctx: Context, @Parent() facility: FacilityRow): string {
    return nameFor(ctx, facility.names, facility.code);
  }
}
