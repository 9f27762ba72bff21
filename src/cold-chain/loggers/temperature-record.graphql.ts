import { Field, Float, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsUUID, ValidateNested } from 'class-validator';
import { ID } from '../../platform/graphql';

const MOST = 1_000;

export enum ReadingOutcome {
  RECORDED = 'RECORDED',
  ALREADY_RECORDED = 'ALREADY_RECORDED',
  REFUSED = 'REFUSED',
}
registerEnumType(ReadingOutcome, {
  name: 'TemperatureReadingOutcome',
  description: 'What became of a reading.',
  valuesMap: {
    RECORDED: { description: 'It is recorded now.' },
    ALREADY_RECORDED: { description: 'It was recorded before, with the same value.' },
    REFUSED: { description: 'It is not recorded; `fault` says why.' },
  },
});

@InputType('TemperatureReadingInput', { description: 'What a logger measured at an instant.' })
export class TemperatureReadingGraphqlInput {
  @Field(() => ID, { description: 'The logger.' })
  loggerId: string;
  @Field(() => Date, { description: 'When; at most 400 days ago. A logger says one thing of one instant.' })
  at: Date;
  @Field(() => Float, {
    nullable: true,
    description: '°C, −200 to 100, kept to two decimals; left out where the sensor gave nothing.',
  })
  celsius?: number | null;
}

@InputType('RecordTemperaturesInput', {
  description: 'What loggers of a facility measured: in any order, late, and again as often as need be.',
})
export class RecordTemperaturesGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => [TemperatureReadingGraphqlInput], {
    description: `The readings, at most ${MOST} in one call.`,
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => TemperatureReadingGraphqlInput)
  readings: TemperatureReadingGraphqlInput[];
}

@ObjectType({ description: 'What became of one reading.' })
export class RecordedReading {
  @Field(() => ID, { description: 'The logger.' })
  loggerId: string;
  @Field(() => Date, { description: 'When it was measured.' })
  at: Date;
  @Field(() => ReadingOutcome, { description: 'What became of it.' })
  outcome: ReadingOutcome;
  @Field(() => String, { nullable: true, description: 'For a refused one: a stable word for what is wrong.' })
  fault: string | null;
  @Field(() => String, { nullable: true, description: 'What is wrong, in the caller’s language.' })
  message: string | null;
}

@ObjectType({ description: 'What became of the readings that were sent.' })
export class RecordedTemperatures {
  @Field(() => Date, { description: 'When we received them.' })
  receivedAt: Date;
  @Field(() => [RecordedReading], {
    complexity: 200,
    description: 'The readings, in the order in which they were sent.',
  })
  readings: RecordedReading[];
  @Field(() => [ID], { description: 'Excursions that they opened; see `excursion`.' })
  openedExcursionIds: string[];
}
