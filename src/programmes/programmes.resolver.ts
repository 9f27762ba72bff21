import { Query, Resolver } from '@nestjs/graphql';
import { Public } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { Product, Supply, VaccinationSchedule } from './programme.graphql';
import { ReadProgramme } from './read-programme';

@Resolver(() => Product)
export class ProgrammesResolver {
  constructor(private readonly programme: ReadProgramme) {}

  @Public()
  @Query(() => [Product], { complexity: 100, description: 'The vaccines that the country uses.' })
  products(@Ctx() ctx: Context): Promise<Product[]> {
    return this.programme.products(ctx);
  }

  @Public()
  @Query(() => [Supply], {
    complexity: 100,
    description: 'What the country supplies with its vaccines: syringes, diluents, safety boxes.',
  })
  supplies(@Ctx() ctx: Context): Promise<Supply[]> {
    return this.programme.supplies(ctx);
  }

  @Public()
  @Query(() => VaccinationSchedule, { description: 'The schedule in force, with its sources.' })
  vaccinationSchedule(@Ctx() ctx: Context): Promise<VaccinationSchedule> {
    return this.programme.schedule(ctx);
  }
}
