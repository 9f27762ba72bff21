import { ArgsType, createUnionType, Field, Float, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, Length, Max, Min } from 'class-validator';
import { TemperatureClassEnum } from '../../cold-chain';
import { byClass, DateScalar, ID, Page, PageArgs, Refusal } from '../../platform/graphql';
import type { TemperatureClass } from './hub-rules';

export { TemperatureClassEnum };

@ObjectType({ description: 'A place where things change vehicles, or are handed out.' })
export class Hub {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => String, { description: 'The code by which the network knows it.' })
  code: string;
  @Field(() => String, { description: "Its name in the caller's language." })
  name: string;
  @Field(() => String, { description: "Its level in the country's own words, e.g. `national` or `outlet`." })
  level: string;
  @Field(() => ID, { nullable: true, description: 'The hub above it; absent at the top.' })
  parentId: string | null;
  @Field(() => ID, { description: 'The area it lies in.' })
  areaId: string;
  @Field(() => ID, { nullable: true, description: 'The place that vaccinates which it is the door of.' })
  facilityId: string | null;
  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84).' })
  latitude: number | null;
  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84).' })
  longitude: number | null;
  @Field(() => Int, { description: 'Minutes from arrival until a thing can leave again.' })
  handlingMinutes: number;
  @Field(() => [Int], { description: 'Days on which it is open: 1 is Monday, 7 Sunday.' })
  openDays: number[];
  @Field(() => String, { description: "When it opens, HH:MM by the country's clock." })
  opens: string;
  @Field(() => String, { description: 'When it closes.' })
  closes: string;
}

@ObjectType({ description: 'A page of hubs.' })
export class HubPage extends Page {
  @Field(() => [Hub], { description: 'The hubs, in the order of their codes.' })
  items: Hub[];
}

@ArgsType()
export class HubsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'In this area or below it; in all when left out.' })
  areaId?: string | null;
}

@ObjectType({ description: 'One weekly departure from a hub to another.' })
export class Leg {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The hub it leaves.' })
  fromHubId: string;
  @Field(() => ID, { description: 'The hub it goes to.' })
  toHubId: string;
  @Field(() => Int, { description: 'Day of its departure: 1 is Monday, 7 Sunday.' })
  day: number;
  @Field(() => String, { description: "Time of its departure, HH:MM by the country's clock." })
  time: string;
  @Field(() => Int, { description: 'Minutes under way.' })
  minutes: number;
  @Field(() => String, { description: 'By what, e.g. `truck`.' })
  mode: string;
  @Field(() => TemperatureClassEnum, { description: 'How cold it carries things.' })
  temperature: TemperatureClass;
  @Field(() => Int, { nullable: true, description: 'Kilograms it can carry, where that is known.' })
  capacityKg: number | null;
}

@ObjectType({ description: 'A leg on one day, as a part of a way.' })
export class RouteRun {
  @Field(() => Leg, { description: 'The leg.' })
  leg: Leg;
  @Field(() => Hub, { description: 'Where it leaves.' })
  from: Hub;
  @Field(() => Hub, { description: 'Where it arrives.' })
  to: Hub;
  @Field(() => DateScalar, { description: "The country's own day of the departure, for `cancelRun`." })
  day: string;
  @Field(() => Date, { description: 'By when a thing must be at the hub to be taken along.' })
  cutOffAt: Date;
  @Field(() => Date, { description: 'When it departs.' })
  departsAt: Date;
  @Field(() => Date, { description: 'When it arrives.' })
  arrivesAt: Date;
}

@ObjectType({ description: 'The earliest way from a hub to another.' })
export class DeliveryRoute {
  @Field(() => Int, { description: 'The version of the network that it was found in.' })
  networkVersion: number;
  @Field(() => [RouteRun], {
    complexity: 20,
    description: 'The runs, in order; none when it is there already.',
  })
  runs: object[];
  @Field(() => Date, { description: 'When it arrives.' })
  arrivesAt: Date;
  @Field(() => Date, { description: 'When it can be handed out there: handled, and the hub open.' })
  readyAt: Date;
}

@ObjectType({
  implements: () => Refusal,
  description: 'No departures lead there within the timetable, for goods of this class.',
})
export class NoRoute implements Refusal {
  message: string;
}

export const DeliveryRouteResult = createUnionType({
  name: 'DeliveryRouteResult',
  description: 'The earliest way, or that there is none.',
  types: () => [DeliveryRoute, NoRoute] as const,
  resolveType: byClass,
});

@InputType('DeliveryRouteInput', { description: 'From where to where, from when on, and how cold.' })
export class DeliveryRouteGraphqlInput {
  @Field(() => ID, { description: 'The hub where the thing is.' })
  fromHubId: string;
  @Field(() => ID, { description: 'The hub it is to go to.' })
  toHubId: string;
  @Field(() => Date, { nullable: true, description: 'From when on it is there; now when left out.' })
  readyAt?: Date | null;
  @Field(() => TemperatureClassEnum, { defaultValue: 'AMBIENT', description: 'How cold it is kept.' })
  temperature: TemperatureClass;
  @Field(() => Int, {
    nullable: true,
    description: 'Its weight in grams: departures that have no room for it are left out.',
  })
  @IsOptional()
  @Min(1)
  @Max(1_000_000_000)
  weightGrams?: number | null;
}

@InputType('CancelRunInput', { description: 'Which departure does not run, and why.' })
export class CancelRunGraphqlInput {
  @Field(() => ID, { description: 'The hub it would leave.' })
  fromHubId: string;
  @Field(() => ID, { description: 'The leg.' })
  legId: string;
  @Field(() => DateScalar, { description: "The country's own day of the departure." })
  day: string;
  @Field(() => String, { description: 'Why, in 3 to 300 characters.' })
  @Length(3, 300)
  reason: string;
}

@ObjectType({ description: 'A departure that does not run on one day.' })
export class CancelledDeparture {
  @Field(() => ID, { description: 'The hub it would leave.' })
  fromHubId: string;
  @Field(() => ID, { description: 'The leg.' })
  legId: string;
  @Field(() => DateScalar, { description: "The country's own day of the departure." })
  day: string;
}

@ArgsType()
export class SortPlanArgs {
  @Field(() => ID, { description: 'The hub that sorts.' })
  hubId: string;
  @Field(() => Date, { nullable: true, description: 'From when on; now when left out.' })
  at?: Date | null;
  @Field(() => Int, { nullable: true, description: 'Which version; the newest when left out.' })
  version?: number | null;
  @Field(() => TemperatureClassEnum, { defaultValue: 'AMBIENT', description: 'For goods of which class.' })
  temperature: TemperatureClass;
}

@ObjectType({ description: 'Which things take one departure.' })
export class SortDirection {
  @Field(() => ID, { description: 'The leg.' })
  legId: string;
  @Field(() => Hub, { description: 'The hub it goes to next.' })
  to: Hub;
  @Field(() => Int, { description: 'Day of its departure: 1 is Monday, 7 Sunday.' })
  day: number;
  @Field(() => String, { description: 'Time of its departure, HH:MM.' })
  time: string;
  @Field(() => [String], { description: 'Codes of the hubs whose things go by it.' })
  destinations: string[];
}

@ObjectType({ description: 'How a hub sorts until its next cut-off.' })
export class SortPlan {
  @Field(() => ID, { description: 'The hub that sorts.' })
  hubId: string;
  @Field(() => Int, {
    description: "The version of this hub's plan: 1, 2, 3 … A version says the same for ever.",
  })
  version: number;
  @Field(() => Int, { description: 'The version of the network that it was made from.' })
  networkVersion: number;
  @Field(() => TemperatureClassEnum, { description: 'For goods of which class.' })
  temperature: TemperatureClass;
  @Field(() => Date, { description: 'When it was made.' })
  madeAt: Date;
  @Field(() => Date, {
    nullable: true,
    description: 'The cut-off that the directions hold for; absent when nothing departs from here.',
  })
  cutOffAt: Date | null;
  @Field(() => [SortDirection], { complexity: 20, description: 'The directions, in the order of departure.' })
  directions: object[];
}

@ObjectType({ description: 'A sort plan that a hub was given.' })
export class PublishedSortPlan {
  @Field(() => ID, { description: 'The hub that sorts by it.' })
  hubId: string;
  @Field(() => Int, { description: 'Its version. While the network has not changed it is the one before.' })
  version: number;
  @Field(() => Int, { description: 'The version of the network that it was made from.' })
  networkVersion: number;
  @Field(() => Date, { description: 'When it was made.' })
  madeAt: Date;
}

@ObjectType({ description: 'One thing wrong with a row of a file of hubs or legs.' })
export class NetworkImportFault {
  @Field(() => Int, { description: 'Line of the file, the header being 1.' })
  line: number;
  @Field(() => Int, { description: 'Cell of the line, from 1.' })
  column: number;
  @Field(() => String, { description: 'Name of the column; empty when the whole line is meant.' })
  field: string;
  @Field(() => String, { description: 'A stable word for the kind of fault.' })
  fault: string;
  @Field(() => String, { description: "What is wrong, in the caller's language." })
  reason: string;
}

@ObjectType({ description: 'What became of a file of hubs or legs.' })
export class NetworkImport {
  @Field(() => Boolean, { description: 'True: nothing was stored, the numbers are what would have been.' })
  dryRun: boolean;
  @Field(() => Int, { description: 'Rows read, the header not counted.' })
  rows: number;
  @Field(() => Int, { description: 'Rows that are new.' })
  added: number;
  @Field(() => Int, { description: 'Rows that changed what was known.' })
  changed: number;
  @Field(() => Int, { description: 'Rows that say what is known already.' })
  unchanged: number;
  @Field(() => Int, { description: 'Rows with a fault; nothing of them was stored.' })
  rejected: number;
  @Field(() => [NetworkImportFault], { description: 'The faults, by line; at most a thousand.' })
  faults: NetworkImportFault[];
  @Field(() => Int, { description: 'How many faults there are beyond those.' })
  moreFaults: number;
  @Field(() => String, {
    nullable: true,
    description:
      'The rejected rows as CSV, the reasons in the last column: mend them and send this file again.',
  })
  rejectedCsv: string | null;
}
