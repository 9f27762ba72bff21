import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { UnitStatusEnum } from '../scans/scan.graphql';
import type { UnitStatus } from '../scan-rules';
import { DateScalar, ID, Page } from '../../platform/graphql';

@ObjectType({ description: 'What a figure counts, in words.' })
export class FigureDefinition {
  @Field(() => String, { description: 'Name of the field that it is of.' })
  figure: string;
  @Field(() => String, { description: 'What it counts, in the caller’s language.' })
  text: string;
}

@ObjectType({ description: 'Counts of consignments that were sent together: on one day, or to one area.' })
export class SentFigures {
  @Field(() => Int, { description: 'Consignments that were sent.' })
  sent: number;
  @Field(() => Int, { description: 'Of them, handed over to the receiver.' })
  handedOver: number;
  @Field(() => Int, { description: 'Of them, handed back to the sender.' })
  returned: number;
  @Field(() => Int, { description: 'Of them, handed over by the time that was promised.' })
  onTime: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'Those on time as a share (0 to 1) of all that were promised by now and did not go back; absent while none was.',
  })
  onTimeShare: number | null;
  @Field(() => Int, { description: 'Of them, handed over without a proof, or with a wrong one.' })
  unproven: number;
  @Field(() => Int, { description: 'Of them, with a failed attempt at the door.' })
  failedAttempts: number;
  @Field(() => Int, { description: 'Of them, seen at a hub that was not on their way.' })
  missorted: number;
  @Field(() => Int, { description: 'Of them, too late for a run that they were to take.' })
  missedConnection: number;
  @Field(() => Int, { description: 'Of them, with a time in which nobody had them.' })
  custodyGap: number;
  @Field(() => Int, {
    description: 'Of them, in something whose seal was found broken, or sealed so themselves.',
  })
  sealBroken: number;
  @Field(() => Int, { description: 'Of them, carried in something that was too cold or too warm just then.' })
  exposed: number;
}

@ObjectType({ description: 'Counts of what was sent on one day.' })
export class DayFigures extends SentFigures {
  @Field(() => DateScalar, { description: 'The day.' })
  day: string;
}

@ObjectType({ description: 'Counts of what was sent to one area.' })
export class AreaFigures extends SentFigures {
  @Field(() => ID, { description: 'The area.' })
  areaId: string;
  @Field(() => String, { description: 'Its name.' })
  area: string;
}

@ObjectType({ description: 'How long consignments stayed at a hub.' })
export class HubDwell {
  @Field(() => ID, { description: 'The hub.' })
  hubId: string;
  @Field(() => String, { description: 'Its name.' })
  hub: string;
  @Field(() => Int, { description: 'Stays that ended in the period.' })
  stays: number;
  @Field(() => Int, { description: 'Half of them took no longer than so many minutes.' })
  medianMinutes: number;
  @Field(() => Int, { description: 'Minutes of the longest.' })
  longestMinutes: number;
}

@ObjectType({ description: 'What has run out in an area, now. `stockAlerts` lists it.' })
export class AreaStockOuts {
  @Field(() => ID, { description: 'The area.' })
  areaId: string;
  @Field(() => String, { description: 'Its name.' })
  area: string;
  @Field(() => Int, { description: 'Facilities there that have run out of at least one product.' })
  facilities: number;
  @Field(() => Int, { description: 'Products of which at least one of them has run out.' })
  products: number;
}

@ObjectType({ description: 'What has run out, whatever days are asked for.' })
export class StockOuts {
  @Field(() => Date, {
    nullable: true,
    description: 'Nothing that ran out before it is missing; absent before stock was looked at first.',
  })
  asOf: Date | null;
  @Field(() => [AreaStockOuts], {
    description: 'Areas right below the asked one where something has run out: most first.',
  })
  areas: AreaStockOuts[];
}

@ObjectType({
  description: 'Excursions of the cold chain in an area. `undecidedExcursions` lists those that wait.',
})
export class AreaExcursionFigures {
  @Field(() => ID, { description: 'The area.' })
  areaId: string;
  @Field(() => String, { description: 'Its name.' })
  area: string;
  @Field(() => Int, { description: 'That began to be known in the period.' })
  opened: number;
  @Field(() => Int, { description: 'That nobody has decided on, whatever days are asked for.' })
  undecided: number;
  @Field(() => Int, { description: 'Whole doses that decisions of the period threw away.' })
  discardedDoses: number;
}

@ObjectType({ description: 'What those who run the network look at.' })
export class DeliveryFigures {
  @Field(() => Date, { description: 'Until when all that was told of is counted.' })
  asOf: Date;
  @Field(() => [FigureDefinition], { complexity: 5, description: 'What each figure counts.' })
  definitions: FigureDefinition[];
  @Field(() => [DayFigures], { complexity: 50, description: 'By the day on which it was sent.' })
  days: DayFigures[];
  @Field(() => [AreaFigures], {
    complexity: 50,
    description: 'By the area that it goes to: those right below the asked one; most consignments first.',
  })
  areas: AreaFigures[];
  @Field(() => [HubDwell], {
    complexity: 50,
    description: 'Hubs that things left in the period, at most 100: where they stayed longest first.',
  })
  hubs: HubDwell[];
  @Field(() => [AreaExcursionFigures], {
    complexity: 50,
    description: 'Where it was too cold or too warm: areas right below the asked one, most excursions first.',
  })
  excursions: AreaExcursionFigures[];
  @Field(() => StockOuts, { complexity: 50, description: 'Where vaccines have run out.' })
  stockOuts: StockOuts;
}

@ObjectType({ description: 'A consignment that does not get on.' })
export class StuckConsignment {
  @Field(() => String, { description: 'Code of its unit.' })
  unit: string;
  @Field(() => UnitStatusEnum, {
    nullable: true,
    description: 'Where it stands; absent until it is scanned.',
  })
  status: UnitStatus | null;
  @Field(() => String, {
    nullable: true,
    description: 'Name of the hub where it was scanned last; absent on the way.',
  })
  hub: string | null;
  @Field(() => Date, { description: 'When it was scanned last, or sent when it never was.' })
  since: Date;
  @Field(() => Date, {
    nullable: true,
    description: 'When it is due; absent while no departures lead there.',
  })
  dueAt: Date | null;
  @Field(() => Boolean, { description: 'Whether that is over.' })
  overdue: boolean;
}

@ObjectType({ description: 'A page of consignments that do not get on.' })
export class StuckConsignmentPage extends Page {
  @Field(() => Date, { description: 'Until when all that was told of is counted.' })
  asOf: Date;
  @Field(() => String, { description: 'When a consignment is stuck, in the caller’s language.' })
  definition: string;
  @Field(() => [StuckConsignment], { complexity: 20, description: 'Longest without a scan first.' })
  items: StuckConsignment[];
}
