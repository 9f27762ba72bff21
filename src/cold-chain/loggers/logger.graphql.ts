import { createUnionType, Field, Float, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID, Length, Max, Min } from 'class-validator';
import type { TemperatureClass } from '../../common';
import { byClass, ID, Refusal } from '../../platform/graphql';
import { TemperatureClassEnum } from '../temperature.graphql';
import type { LoggerStatus } from './reading-rules';

export const LoggerStatusEnum = {
  NEVER_HEARD: 'NEVER_HEARD',
  SILENT: 'SILENT',
  NO_VALUE: 'NO_VALUE',
  IN_RANGE: 'IN_RANGE',
  TOO_COLD: 'TOO_COLD',
  TOO_WARM: 'TOO_WARM',
} as const satisfies Record<LoggerStatus, LoggerStatus>;
registerEnumType(LoggerStatusEnum, {
  name: 'TemperatureLoggerStatus',
  description: 'How a logger stands now.',
  valuesMap: {
    NEVER_HEARD: { description: 'No reading of it ever came.' },
    SILENT: { description: 'It missed three readings or more: nobody knows how cold it is.' },
    NO_VALUE: { description: 'It answers, and its sensor gives nothing.' },
    IN_RANGE: { description: 'By its newest reading all that is kept there bears it.' },
    TOO_COLD: { description: 'By its newest reading it is colder than something kept there bears.' },
    TOO_WARM: { description: 'By its newest reading it is warmer than something kept there bears.' },
  },
});

@ObjectType({ description: 'A logger in a piece of equipment, and how it stands.' })
export class TemperatureLogger {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The equipment that it is in.' })
  equipmentId: string;
  @Field(() => TemperatureClassEnum, { description: 'What is kept where it is.' })
  temperature: TemperatureClass;
  @Field(() => String, { description: 'Its model, as it calls itself in its files.' })
  model: string;
  @Field(() => String, { description: 'Its serial number.' })
  serial: string;
  @Field(() => Int, { description: 'Minutes between readings; what its newest file says.' })
  intervalMinutes: number;
  @Field(() => LoggerStatusEnum, { description: 'How it stands.' })
  status: LoggerStatus;
  @Field(() => Int, { description: 'Readings that we have of it.' })
  readings: number;
  @Field(() => Date, { nullable: true, description: 'When its newest reading was.' })
  lastAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When its newest reading with a value was.' })
  measuredAt: Date | null;
  @Field(() => Float, { nullable: true, description: 'That value, °C.' })
  celsius: number | null;
  @Field(() => Int, { description: 'Excursions by it that nobody has decided on.' })
  openExcursions: number;
}

@ObjectType({ implements: () => Refusal, description: 'The facility has a logger of this serial number.' })
export class TemperatureLoggerKnown implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The one that it has.' })
  loggerId: string;
}

export const RegisterTemperatureLoggerResult = createUnionType({
  name: 'RegisterTemperatureLoggerResult',
  description: 'The logger, or which one it is already.',
  types: () => [TemperatureLogger, TemperatureLoggerKnown] as const,
  resolveType: byClass,
});

@InputType('RegisterTemperatureLoggerInput', { description: 'A logger that watches a piece of equipment.' })
export class RegisterTemperatureLoggerGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key registers once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The equipment that it is in.' })
  @IsUUID()
  equipmentId: string;
  @Field(() => TemperatureClassEnum, {
    description: 'What is kept where it is; one that the equipment keeps.',
  })
  temperature: TemperatureClass;
  @Field(() => String, { description: 'Its model, e.g. `Fridge-tag 2 L`, 1 to 120 characters.' })
  @Length(1, 120)
  model: string;
  @Field(() => String, { description: 'Its serial number, 1 to 60 characters.' })
  @Length(1, 60)
  serial: string;
  @Field(() => Int, { description: 'Minutes between readings, 1 to 1,440.' })
  @Min(1)
  @Max(1440)
  intervalMinutes: number;
}
