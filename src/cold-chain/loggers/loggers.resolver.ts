import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import {
  TemperatureHistory,
  TemperatureHistoryGraphqlInput,
  TemperatureReadingPage,
  TemperatureReadingsArgs,
} from './history.graphql';
import { ImportLoggerFile } from './import-logger-file';
import { ImportLoggerFileGraphqlInput, ImportLoggerFileResult, LoggerFilePage } from './logger-file.graphql';
import {
  RegisterTemperatureLoggerGraphqlInput,
  RegisterTemperatureLoggerResult,
  TemperatureLogger,
} from './logger.graphql';
import { ReadHistory } from './read-history';
import { ReadLoggers } from './read-loggers';
import { RecordTemperatures } from './record-temperatures';
import { RegisterLogger } from './register-logger';
import { RecordedTemperatures, RecordTemperaturesGraphqlInput } from './temperature-record.graphql';

@Resolver()
export class LoggersResolver {
  constructor(
    private readonly read: ReadLoggers,
    private readonly history: ReadHistory,
    private readonly register: RegisterLogger,
    private readonly importFile: ImportLoggerFile,
    private readonly record: RecordTemperatures,
  ) {}

  @Allow('temperature.read')
  @Query(() => [TemperatureLogger], {
    complexity: 200,
    description: 'The loggers of a facility, how each stands, at most 200.',
  })
  temperatureLoggers(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
  ): Promise<TemperatureLogger[]> {
    return this.read.run(ctx, facilityId);
  }

  @Allow('temperature.read')
  @Query(() => TemperatureHistory, {
    description: 'What a logger measured, day by day, told from its readings.',
  })
  temperatureHistory(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and when.' }) input: TemperatureHistoryGraphqlInput,
  ): Promise<TemperatureHistory> {
    return this.history.run(ctx, input);
  }

  @Allow('temperature.read')
  @Query(() => TemperatureReadingPage, {
    description: 'The readings of a logger one by one.',
    complexity: ({ args, childComplexity }) => Number(args.first) + childComplexity,
  })
  temperatureReadings(
    @Ctx() ctx: Context,
    @Args() args: TemperatureReadingsArgs,
  ): Promise<TemperatureReadingPage> {
    return this.history.page(ctx, args);
  }

  @Allow('temperature.read')
  @Query(() => LoggerFilePage, {
    description: 'The files that a logger exported.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  loggerFiles(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('loggerId', { type: () => ID, description: 'The logger.' }) loggerId: string,
    @Args() page: PageArgs,
  ): Promise<LoggerFilePage> {
    return this.read.files(ctx, { facilityId, loggerId }, page);
  }

  @Allow('temperature.read')
  @Query(() => String, {
    description: 'The bytes of a file as they came, in base64: their SHA-256 is the file’s own.',
  })
  loggerFileContent(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('fileId', { type: () => ID, description: 'The file.' }) fileId: string,
  ): Promise<string> {
    return this.read.content(ctx, { facilityId, fileId });
  }

  @Allow('cold-equipment.register')
  @Mutation(() => RegisterTemperatureLoggerResult, {
    description: 'A logger watches a piece of equipment from now on.',
  })
  registerTemperatureLogger(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and where it is.' }) input: RegisterTemperatureLoggerGraphqlInput,
  ): Promise<object> {
    return this.register.run(ctx, input);
  }

  @Allow('temperature.record')
  @Mutation(() => ImportLoggerFileResult, {
    description:
      'Takes in a file that a logger exported, wholly or not at all. The same bytes again are the same import.',
  })
  importLoggerFile(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and from where.' }) input: ImportLoggerFileGraphqlInput,
  ): Promise<object> {
    return this.importFile.run(ctx, input);
  }

  @Allow('temperature.record')
  @Mutation(() => RecordedTemperatures, {
    description: 'Takes in what loggers of a facility measured. Each reading has its own answer.',
  })
  recordTemperatures(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What was measured.' }) input: RecordTemperaturesGraphqlInput,
  ): Promise<RecordedTemperatures> {
    return this.record.run(ctx, input);
  }
}
