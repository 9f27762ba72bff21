import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { DateScalar, ID, Page } from '../../platform/graphql';
import { ConsignmentKindEnum } from '../consignments/consignment.graphql';
import type { ConsignmentKind } from '../consignments/consignments.store';
import type { TemperatureClass } from '../network/hub-rules';
import { TemperatureClassEnum } from '../network/network.graphql';
import type { UnitStatus } from '../scan-rules';
import { UnitStatusEnum } from '../scans/scan.graphql';

@ObjectType({ description: 'A consignment that is planned to take a trip.' })
export class TripConsignment {
  @Field(() => String, { description: 'Code of its unit.' })
  unit: string;
  @Field(() => ConsignmentKindEnum, { description: 'What sort of thing it is.' })
  kind: ConsignmentKind;
  @Field(() => TemperatureClassEnum, { description: 'How cold it is kept.' })
  temperature: TemperatureClass;
  @Field(() => UnitStatusEnum, {
    nullable: true,
    description: 'Where it stands; absent until it is scanned.',
  })
  status: UnitStatus | null;
  @Field(() => String, { nullable: true, description: 'Name of the hub where it is; absent on the way.' })
  hub: string | null;
  @Field(() => String, { nullable: true, description: 'Code of the bag, box or vehicle that it is in.' })
  container: string | null;
  @Field(() => String, { description: 'Name of the hub that it goes to.' })
  to: string;
}

@ObjectType({
  description: 'One departure on one day, with what is planned to go along: what a hub loads by.',
})
export class Trip extends Page {
  @Field(() => ID, { description: 'The leg.' })
  legId: string;
  @Field(() => DateScalar, { description: 'The country’s own day of its departure.' })
  day: string;
  @Field(() => String, { description: 'Name of the hub that it leaves.' })
  from: string;
  @Field(() => String, { description: 'Name of the hub that it arrives at.' })
  to: string;
  @Field(() => Date, { description: 'By when a thing must be at the hub to be taken along.' })
  cutOffAt: Date;
  @Field(() => Date, { description: 'When it departs.' })
  departsAt: Date;
  @Field(() => Date, { description: 'When it arrives.' })
  arrivesAt: Date;
  @Field(() => Boolean, { description: 'Whether it was cancelled for that day.' })
  cancelled: boolean;
  @Field(() => Int, { nullable: true, description: 'Kilograms that it can carry, where that is known.' })
  capacityKg: number | null;
  @Field(() => Int, { description: 'Consignments that are planned to take it.' })
  planned: number;
  @Field(() => Float, { description: 'What they weigh together, kilograms, as far as it is known.' })
  plannedKg: number;
  @Field(() => Int, { description: 'Of them, those whose weight nobody said.' })
  unweighed: number;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether that is more than it can carry; absent where its capacity is not known.',
  })
  overloaded: boolean | null;
  @Field(() => [TripConsignment], { complexity: 20, description: 'A page of them, by their codes.' })
  items: TripConsignment[];
}
