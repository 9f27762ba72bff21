import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import type { PackChange } from './country-pack';
import {
  CountryPack,
  CountryPackChange,
  CountryPackFile,
  type CountryPackDrafted,
  type CountryPackRefused,
  DraftCountryPackInput,
  DraftCountryPackResult,
} from './country-pack.graphql';
import { DraftPack } from './draft-pack';
import { Product, VaccinationSchedule } from './programme.graphql';
import type { PackRow } from './programmes.store';
import { PublishPack } from './publish-pack';
import { ReadPacks } from './read-packs';
import { ReadProgramme } from './read-programme';

@Resolver(() => CountryPack)
export class ProgrammesResolver {
  constructor(
    private readonly draftPack: DraftPack,
    private readonly publication: PublishPack,
    private readonly packs: ReadPacks,
    private readonly programme: ReadProgramme,
  ) {}

  @Public()
  @Query(() => [Product], { complexity: 100, description: 'The vaccines that the country uses.' })
  products(@Ctx() ctx: Context): Promise<Product[]> {
    return this.programme.products(ctx);
  }

  @Public()
  @Query(() => VaccinationSchedule, { description: 'The schedule in force, with its sources.' })
  vaccinationSchedule(@Ctx() ctx: Context): Promise<VaccinationSchedule> {
    return this.programme.schedule(ctx);
  }

  @Allow('pack.read')
  @Query(() => [CountryPack], {
    description: 'The configurations drafted and published, newest first; at most 200.',
  })
  countryPacks(@Ctx() ctx: Context): Promise<PackRow[]> {
    return this.packs.all(ctx);
  }

  @Allow('pack.read')
  @Query(() => [CountryPackFile], {
    description: 'The files of the pack that ships for the country, to start from; none where there is none.',
  })
  shippedCountryPack(@Ctx() ctx: Context): Promise<CountryPackFile[]> {
    return this.packs.shipped(ctx);
  }

  @Allow('pack.draft')
  @Mutation(() => DraftCountryPackResult, {
    description: 'Takes in a pack as a draft, whole or not at all, with every fault of every file.',
  })
  draftCountryPack(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The files.' }) input: DraftCountryPackInput,
  ): Promise<CountryPackDrafted | CountryPackRefused> {
    return this.draftPack.run(ctx, input);
  }

  @Allow('pack.publish')
  @Mutation(() => CountryPack, { description: 'Puts a draft in force.' })
  publishCountryPack(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which draft.' }) id: string,
  ): Promise<PackRow> {
    return this.publication.publish(ctx, { id });
  }

  @Allow('pack.publish')
  @Mutation(() => CountryPack, { description: 'Goes back to the configuration that was in force before.' })
  rollBackCountryPack(
    @Ctx() ctx: Context,
    @Args('reason', { type: () => String, description: 'Why; kept with the publication.' }) reason: string,
  ): Promise<PackRow> {
    return this.publication.rollBack(ctx, { reason });
  }

  @ResolveField(() => [CountryPackChange], {
    complexity: 200,
    description: 'What putting this pack in force would change of what is in force now.',
  })
  changes(@Ctx() ctx: Context, @Parent() pack: PackRow): Promise<PackChange[]> {
    return this.packs.changes(ctx, pack.id);
  }
}
