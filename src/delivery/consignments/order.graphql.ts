import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsOptional, Length, Max, Min, ValidateNested } from 'class-validator';
import { ID } from '../../platform/graphql';
import type { TemperatureClass } from '../network/hub-rules';
import { TemperatureClassEnum } from '../network/network.graphql';
import { ConsignmentSizeGraphqlInput, DeliveryPrice } from '../rates/rate.graphql';
import { ConsignmentKindEnum, ConsignmentReceiverGraphqlInput } from './consignment.graphql';
import type { ConsignmentKind } from './consignments.store';

/** Why a row of a bulk order was not sent. */
export type OrderFault =
  | 'CODE'
  | 'NO_RATE'
  | 'NO_ROUTE'
  | 'ONE_DESTINATION'
  | 'RECEIVER'
  | 'REFERENCE'
  | 'REFERENCE_REUSED'
  | 'SENT_BEFORE'
  | 'UNKNOWN_AREA'
  | 'UNKNOWN_HUB';

const OrderFaultEnum = {
  CODE: 'CODE',
  NO_RATE: 'NO_RATE',
  NO_ROUTE: 'NO_ROUTE',
  ONE_DESTINATION: 'ONE_DESTINATION',
  RECEIVER: 'RECEIVER',
  REFERENCE: 'REFERENCE',
  REFERENCE_REUSED: 'REFERENCE_REUSED',
  SENT_BEFORE: 'SENT_BEFORE',
  UNKNOWN_AREA: 'UNKNOWN_AREA',
  UNKNOWN_HUB: 'UNKNOWN_HUB',
} as const satisfies Record<OrderFault, OrderFault>;
registerEnumType(OrderFaultEnum, {
  name: 'OrderFault',
  description: 'Why a row of a bulk order was not sent.',
  valuesMap: {
    CODE: { description: 'The unit’s code is none that a unit can have.' },
    NO_RATE: {
      description:
        'The country has a price list, and none of its prices is for this: say the service and the weight.',
    },
    NO_ROUTE: { description: 'No departures lead there for goods of this class.' },
    ONE_DESTINATION: { description: 'Either a hub or an area is its destination.' },
    RECEIVER: { description: 'The telephone of whoever waits for it is none.' },
    REFERENCE: { description: 'A reference is 8 to 100 printable ASCII characters without spaces.' },
    REFERENCE_REUSED: { description: 'The reference was another order’s.' },
    SENT_BEFORE: { description: 'The unit was sent or scanned before: take another label.' },
    UNKNOWN_AREA: { description: 'No hub delivers to such an area.' },
    UNKNOWN_HUB: { description: 'There is no hub of this code.' },
  },
});

@InputType('OrderConsignmentInput', { description: 'One consignment of a bulk order.' })
export class OrderConsignmentGraphqlInput {
  @Field(() => String, {
    description:
      'The partner’s own reference, 8 to 100 characters: the same order sent again is not sent twice.',
  })
  reference: string;
  @Field(() => String, {
    nullable: true,
    description: 'Code of the unit that bears the label: an SSCC or an S10 number. Left out, one is made.',
  })
  unit?: string | null;
  @Field(() => ConsignmentKindEnum, { defaultValue: 'PARCEL', description: 'What sort of thing.' })
  kind: ConsignmentKind;
  @Field(() => String, { description: 'Code of the hub that it is handed in at.' })
  fromHub: string;
  @Field(() => String, { nullable: true, description: 'Code of the hub it goes to; or else an area.' })
  toHub?: string | null;
  @Field(() => ID, { nullable: true, description: 'The area it goes to: to the hub that delivers there.' })
  toAreaId?: string | null;
  @Field(() => TemperatureClassEnum, { defaultValue: 'AMBIENT', description: 'How cold it is kept.' })
  temperature: TemperatureClass;
  @Field(() => Date, { nullable: true, description: 'From when on it is at the hub; now when left out.' })
  readyAt?: Date | null;
  @IsOptional()
  @Length(1, 60)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the service; the cheapest when left out. Of no account while no price list holds.',
  })
  service?: string | null;
  @IsOptional()
  @Min(1)
  @Max(1_000_000_000)
  @Field(() => Int, {
    nullable: true,
    description: 'Its weight in grams; needed while a price list holds (`deliveryQuotes`).',
  })
  weightGrams?: number | null;
  @IsOptional()
  @ValidateNested()
  @Type(() => ConsignmentSizeGraphqlInput)
  @Field(() => ConsignmentSizeGraphqlInput, {
    nullable: true,
    description: 'Its outer measures, where size counts.',
  })
  size?: ConsignmentSizeGraphqlInput | null;
  @IsOptional()
  @ValidateNested()
  @Type(() => ConsignmentReceiverGraphqlInput)
  @Field(() => ConsignmentReceiverGraphqlInput, {
    nullable: true,
    description: 'Who waits for it, to be told how it stands; nobody is when left out.',
  })
  receiver?: ConsignmentReceiverGraphqlInput | null;
}

@InputType('OrderConsignmentsInput', { description: 'A bulk order.' })
export class OrderConsignmentsGraphqlInput {
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => OrderConsignmentGraphqlInput)
  @Field(() => [OrderConsignmentGraphqlInput], { description: 'What is sent, 100 rows at the most.' })
  rows: OrderConsignmentGraphqlInput[];
}

@ObjectType({ description: 'What became of one row of a bulk order.' })
export class OrderedConsignment {
  @Field(() => String, { description: 'The partner’s own reference.' })
  reference: string;
  @Field(() => Boolean, { description: 'Whether it was only tried: nothing is kept of a sandbox’s orders.' })
  trial: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Code of the unit that bears the label; absent when not sent.',
  })
  unit: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The code by which whoever waits for it tracks it; absent when not sent.',
  })
  trackingCode: string | null;
  @Field(() => Date, {
    nullable: true,
    description: 'When it is promised to be there; absent when not sent.',
  })
  promisedAt: Date | null;
  @Field(() => DeliveryPrice, {
    nullable: true,
    description: 'What it costs, kept with it; absent when not sent and while no price list holds.',
  })
  price: DeliveryPrice | null;
  @Field(() => OrderFaultEnum, { nullable: true, description: 'Why it was not sent; absent when it was.' })
  fault: OrderFault | null;
  @Field(() => String, { nullable: true, description: 'The fault in the caller’s language.' })
  message: string | null;
}
