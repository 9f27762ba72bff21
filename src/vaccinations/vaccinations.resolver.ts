import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { ID } from '../platform/graphql';
import { CorrectVaccination } from './corrections/correct-vaccination';
import { Forecast } from './forecast/forecast.graphql';
import { type ForecastView, ReadForecast } from './forecast/read-forecast';
import { ReadVaccinations } from './read-vaccinations';
import { RecordNotDone } from './record-not-done';
import { RecordVaccination } from './recording/record-vaccination';
import {
  CorrectVaccinationResult,
  RecordedVaccination,
  RecordVaccinationResult,
  VaccinationHistory,
  VaccinationNotDone,
  VoidVaccinationResult,
} from './vaccination.graphql';
import {
  CorrectVaccinationGraphqlInput,
  RecordNotDoneGraphqlInput,
  RecordVaccinationGraphqlInput,
  RecordVaccinationsArgs,
  VoidVaccinationGraphqlInput,
} from './vaccination-inputs.graphql';
import { VoidVaccination } from './corrections/void-vaccination';

@Resolver()
export class VaccinationsResolver {
  constructor(
    private readonly forecasts: ReadForecast,
    private readonly histories: ReadVaccinations,
    private readonly record: RecordVaccination,
    private readonly notDone: RecordNotDone,
    private readonly correct: CorrectVaccination,
    private readonly take: VoidVaccination,
  ) {}

  @Allow('forecast.read', 'forecast.read-own')
  @Query(() => Forecast, { description: 'What is next for a person, by the country’s schedule, today.' })
  forecast(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'The person.' }) personId: string,
  ): Promise<ForecastView> {
    return this.forecasts.one(ctx, personId);
  }

  @Allow('forecast.read-own')
  @Query(() => [Forecast], {
    complexity: 200,
    description: 'What is next for everybody the caller acts for.',
  })
  myForecasts(@Ctx() ctx: Context): Promise<ForecastView[]> {
    return this.forecasts.mine(ctx);
  }

  @Allow('vaccination.read', 'vaccination.read-own')
  @Query(() => VaccinationHistory, { description: 'What is recorded of a person’s doses.' })
  vaccinations(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'The person.' }) personId: string,
    @Args('replacedToo', {
      type: () => Boolean,
      defaultValue: false,
      description: 'Also facts that were corrected or voided, and the voids.',
    })
    replacedToo: boolean,
  ): Promise<VaccinationHistory> {
    return this.histories.run(ctx, { personId, replacedToo });
  }

  @Allow('vaccination.record', 'vaccination.record-late')
  @Mutation(() => RecordVaccinationResult, { description: 'Records a dose that was given.' })
  recordVaccination(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The dose.' }) input: RecordVaccinationGraphqlInput,
  ): Promise<object> {
    return this.record.run(ctx, input);
  }

  @Allow('vaccination.record', 'vaccination.record-late')
  @Mutation(() => [RecordedVaccination], {
    complexity: 200,
    description:
      'Records doses of a family or a group in one call. Each has its own answer, in the order in which they were sent.',
  })
  recordVaccinations(
    @Ctx() ctx: Context,
    @Args() args: RecordVaccinationsArgs,
  ): Promise<RecordedVaccination[]> {
    return this.record.all(ctx, args.inputs);
  }

  @Allow('vaccination.record')
  @Mutation(() => VaccinationNotDone, { description: 'Records that a due dose was not given, and why.' })
  recordNotDone(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The dose.' }) input: RecordNotDoneGraphqlInput,
  ): Promise<VaccinationNotDone> {
    return this.notDone.run(ctx, input);
  }

  @Allow('vaccination.correct', 'vaccination.correct-own')
  @Mutation(() => CorrectVaccinationResult, {
    description: 'Says a recorded dose anew. Certificates of it are issued again.',
  })
  correctVaccination(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What was wrong.' }) input: CorrectVaccinationGraphqlInput,
  ): Promise<object> {
    return this.correct.run(ctx, input);
  }

  @Allow('vaccination.void', 'vaccination.void-own')
  @Mutation(() => VoidVaccinationResult, {
    description: 'Says that a recorded dose is not true. Certificates of it are revoked.',
  })
  voidVaccination(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and why.' }) input: VoidVaccinationGraphqlInput,
  ): Promise<object> {
    return this.take.run(ctx, input);
  }
}
