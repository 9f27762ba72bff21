import { ArgsType, Field, Float, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsUUID, Max, Min } from 'class-validator';
import { DateScalar, ID, Page } from '../../platform/graphql';
import type { ExcursionSide } from '../excursions/excursions.store';
import { ExcursionSideEnum } from '../temperature.graphql';

const MOST_READINGS = 1_000;

@ObjectType({ description: 'How long it was beyond one limit of a storage class.' })
export class MinutesBeyond {
  @Field(() => String, {
    description: 'Code of the country’s storage class; `usual` for what it names in none.',
  })
  storageClass: string;
  @Field(() => ExcursionSideEnum, { description: 'Which way.' })
  side: ExcursionSide;
  @Field(() => Float, { description: 'The limit, °C.' })
  limitCelsius: number;
  @Field(() => Int, { description: 'Minutes beyond it, of those that were measured.' })
  minutes: number;
}

@ObjectType({ description: 'An alarm of the device’s own on one day.' })
export class DeviceAlarmOfDay {
  @Field(() => ExcursionSideEnum, { description: 'Which way.' })
  side: ExcursionSide;
  @Field(() => Float, { description: 'The device’s limit, °C.' })
  celsius: number;
  @Field(() => Int, { description: 'Minutes beyond it that day.' })
  minutes: number;
  @Field(() => String, {
    nullable: true,
    description: 'When it was raised, `HH:mm`; absent when it was not.',
  })
  raisedAt: string | null;
}

@ObjectType({ description: 'A day as the device itself sums it up.' })
export class DeviceDaySummary {
  @Field(() => Float, { nullable: true, description: 'Lowest, °C.' })
  least: number | null;
  @Field(() => Float, { nullable: true, description: 'Highest, °C.' })
  most: number | null;
  @Field(() => Float, { nullable: true, description: 'Mean, °C.' })
  mean: number | null;
  @Field(() => [DeviceAlarmOfDay], { complexity: 2, description: 'Its alarms.' })
  alarms: DeviceAlarmOfDay[];
  @Field(() => Int, { description: 'Minutes in which a sensor did not answer.' })
  timeoutMinutes: number;
}

@ObjectType({ description: 'A day of the country’s own calendar, as a logger measured it.' })
export class TemperatureDay {
  @Field(() => DateScalar, { description: 'The day.' })
  day: string;
  @Field(() => Int, { description: 'Readings of that day.' })
  readings: number;
  @Field(() => Int, { description: 'Minutes that readings stand for; the rest is gaps.' })
  measuredMinutes: number;
  @Field(() => Float, { nullable: true, description: 'Lowest reading, °C.' })
  least: number | null;
  @Field(() => Float, { nullable: true, description: 'Highest reading, °C.' })
  most: number | null;
  @Field(() => Float, { nullable: true, description: 'Mean of the readings, °C.' })
  mean: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Mean kinetic temperature, °C (USP <1079.2>, 83.144 kJ/mol).',
  })
  meanKinetic: number | null;
  @Field(() => [MinutesBeyond], {
    complexity: 4,
    description: 'How long it was beyond each limit of what is kept there.',
  })
  beyond: MinutesBeyond[];
  @Field(() => DeviceDaySummary, {
    nullable: true,
    description: 'What the device itself says of the day; absent where no file of it told.',
  })
  device: DeviceDaySummary | null;
}

@ObjectType({ description: 'A time of which nobody knows how cold it was.' })
export class TemperatureGap {
  @Field(() => Date, { description: 'Since the last value.' })
  from: Date;
  @Field(() => Date, { description: 'Until the next value, or until now.' })
  to: Date;
}

@ObjectType({
  description: 'What a logger measured, day by day. Nothing is filled in for what was not measured.',
})
export class TemperatureHistory {
  @Field(() => Int, { description: 'Minutes between readings.' })
  intervalMinutes: number;
  @Field(() => [TemperatureDay], { complexity: 62, description: 'The days, in order.' })
  days: TemperatureDay[];
  @Field(() => [TemperatureGap], { complexity: 50, description: 'The times without a value, in order.' })
  gaps: TemperatureGap[];
  @Field(() => Date, { description: 'The moment at which this was so.' })
  asOf: Date;
}

@ObjectType({ description: 'One reading.' })
export class TemperatureReading {
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => Float, { nullable: true, description: '°C; absent where the sensor gave nothing.' })
  celsius: number | null;
}

@ObjectType({ description: 'A page of readings.' })
export class TemperatureReadingPage extends Page {
  @Field(() => [TemperatureReading], { description: 'In order of time.' })
  items: TemperatureReading[];
}

@InputType('TemperatureHistoryInput', { description: 'Which logger, and when.' })
export class TemperatureHistoryGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The logger.' })
  @IsUUID()
  loggerId: string;
  @Field(() => DateScalar, { description: 'The first day.' })
  from: string;
  @Field(() => DateScalar, { description: 'The last day; at most 62 days in all.' })
  to: string;
}

@ArgsType()
export class TemperatureReadingsArgs {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The logger.' })
  @IsUUID()
  loggerId: string;
  @Field(() => Date, { description: 'From this instant on.' })
  from: Date;
  @Field(() => Date, { description: 'Until before this instant.' })
  to: Date;
  @Field(() => Int, { defaultValue: 300, description: `How many to give, 1 to ${MOST_READINGS}.` })
  @Min(1)
  @Max(MOST_READINGS)
  first: number;
  @Field(() => String, {
    nullable: true,
    description: 'The `endCursor` of the page before; absent for the first page.',
  })
  after?: string | null;
}
