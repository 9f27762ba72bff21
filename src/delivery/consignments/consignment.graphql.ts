import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, Length, Max, Min, ValidateNested } from 'class-validator';
import { byClass, DateScalar, ID, Refusal } from '../../platform/graphql';
import type { DeliveryFailure } from '../doors/door-rules';
import { ConsignmentDoor, ConsignmentHandedOver, DeliveryFailureEnum } from '../doors/door.graphql';
import type { TemperatureClass } from '../network/hub-rules';
import { NoRoute, TemperatureClassEnum } from '../network/network.graphql';
import type { UnitStatus } from '../scan-rules';
import { UnitStatusEnum } from '../scans/scan.graphql';
import type { ConsignmentKind } from './consignments.store';
import type { ExceptionKind, MilestoneKind } from './plan-rules';

export const ConsignmentKindEnum = {
  VACCINES: 'VACCINES',
  SUPPLIES: 'SUPPLIES',
  SAMPLES: 'SAMPLES',
  CERTIFICATE: 'CERTIFICATE',
  PARCEL: 'PARCEL',
} as const satisfies Record<ConsignmentKind, ConsignmentKind>;
registerEnumType(ConsignmentKindEnum, {
  name: 'ConsignmentKind',
  description: 'What sort of thing is sent. It is never shown to whoever tracks it.',
  valuesMap: {
    VACCINES: { description: 'Vaccines to a place that gives them.' },
    SUPPLIES: { description: 'Syringes, kits and whatever else a place needs.' },
    SAMPLES: { description: 'Samples to a laboratory.' },
    CERTIFICATE: { description: 'A printed certificate to its holder.' },
    PARCEL: { description: 'A parcel of a partner.' },
  },
});

export const ConsignmentExceptionEnum = {
  MISSORT: 'MISSORT',
  MISSED_CONNECTION: 'MISSED_CONNECTION',
  RUN_CANCELLED: 'RUN_CANCELLED',
  CUSTODY_GAP: 'CUSTODY_GAP',
  SEAL_BROKEN: 'SEAL_BROKEN',
  TEMPERATURE: 'TEMPERATURE',
} as const satisfies Record<ExceptionKind, ExceptionKind>;
registerEnumType(ConsignmentExceptionEnum, {
  name: 'ConsignmentExceptionKind',
  description:
    'What went wrong with a consignment. After the first three it is planned anew from where it is.',
  valuesMap: {
    MISSORT: { description: 'It came to a hub that is not on its way.' },
    MISSED_CONNECTION: { description: 'It came to a hub after the cut-off of the run it was to take.' },
    RUN_CANCELLED: { description: 'A run that it was to take does not happen.' },
    CUSTODY_GAP: {
      description: 'It came to a hub without having left the one before: nobody had it in between.',
    },
    SEAL_BROKEN: {
      description:
        'It was in a unit, or is one, whose seal was another or gone and that nobody said to have opened.',
    },
    TEMPERATURE: {
      description:
        'It was in a cold box or vehicle while that was too cold or too warm for longer than what is kept so bears.',
    },
  },
});

@ObjectType({ description: 'A run that a consignment is planned to take.' })
export class ConsignmentRun {
  @Field(() => ID, { description: 'The leg.' })
  legId: string;
  @Field(() => String, { description: 'Name of the hub it leaves.' })
  from: string;
  @Field(() => String, { description: 'Name of the hub it arrives at.' })
  to: string;
  @Field(() => Date, { description: 'When it departs.' })
  departsAt: Date;
  @Field(() => Date, { description: 'When it arrives.' })
  arrivesAt: Date;
}

@ObjectType({ description: 'Something that went wrong with a consignment.' })
export class ConsignmentException {
  @Field(() => ConsignmentExceptionEnum, { description: 'What.' })
  kind: ExceptionKind;
  @Field(() => Date, { description: 'When it was seen.' })
  at: Date;
  @Field(() => String, { nullable: true, description: 'Name of the hub where it was seen.' })
  hub: string | null;
}

@ObjectType({ description: 'A labelled unit that is sent from a hub to another, with all that is in it.' })
export class Consignment {
  @Field(() => String, { description: 'Code of the unit that bears the label.' })
  unit: string;
  @Field(() => String, {
    description: 'The code by which whoever waits for it tracks it. Give it to nobody else.',
  })
  trackingCode: string;
  @Field(() => ConsignmentKindEnum, { description: 'What sort of thing it is.' })
  kind: ConsignmentKind;
  @Field(() => TemperatureClassEnum, { description: 'How cold it is kept.' })
  temperature: TemperatureClass;
  @Field(() => UnitStatusEnum, {
    nullable: true,
    description: 'Where it stands; absent until it is scanned.',
  })
  status: UnitStatus | null;
  @Field(() => ID, { description: 'The hub it was sent from.' })
  fromHubId: string;
  @Field(() => ID, { description: 'The hub it goes to.' })
  toHubId: string;
  @Field(() => Date, { description: 'When it was promised to be there, as it was sent. That never changes.' })
  promisedAt: Date;
  @Field(() => Date, {
    nullable: true,
    description:
      'When it can be handed out there by its present plan; absent while no departures lead there.',
  })
  dueAt: Date | null;
  @Field(() => Int, { description: 'How often it was planned, the first time included.' })
  planVersion: number;
  @Field(() => [ConsignmentRun], { complexity: 10, description: 'The runs of its present plan.' })
  runs: ConsignmentRun[];
  @Field(() => [ConsignmentException], {
    complexity: 10,
    description: 'What went wrong, in order; at most a hundred.',
  })
  exceptions: ConsignmentException[];
  @Field(() => ConsignmentDoor, { complexity: 20, description: 'How its last mile went.' })
  door: ConsignmentDoor;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The unit was sent before. A label is for one consignment: take another.',
})
export class UnitSentBefore implements Refusal {
  message: string;
  @Field(() => String, { description: 'Code of the unit.' })
  unit: string;
}

export const SendConsignmentResult = createUnionType({
  name: 'SendConsignmentResult',
  description: 'The consignment, or why it was not sent.',
  types: () => [Consignment, NoRoute, UnitSentBefore] as const,
  resolveType: byClass,
});

export const DirectConsignmentResult = createUnionType({
  name: 'DirectConsignmentResult',
  description: 'The consignment as it is planned since then, or why it was not.',
  types: () => [Consignment, NoRoute, ConsignmentHandedOver] as const,
  resolveType: byClass,
});

@InputType('ConsignmentReceiverInput', {
  description:
    'Who is told by message how it stands. It is kept sealed, shown to nobody and forgotten after ninety days.',
})
export class ConsignmentReceiverGraphqlInput {
  @Field(() => String, { description: 'A phone that takes messages, as it is written in the country.' })
  @Length(3, 30)
  phone: string;
  @Field(() => String, {
    nullable: true,
    description: 'The language she reads (BCP 47); the country’s own when left out.',
  })
  @IsOptional()
  @Length(2, 35)
  language?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether she wants no messages. She can say so herself as well.',
  })
  quiet: boolean;
}

@InputType('SendConsignmentInput', { description: 'What is sent, from where and where to.' })
export class SendConsignmentGraphqlInput {
  @Field(() => String, {
    description:
      'A key of the caller’s own, 8 to 100 characters: the same request sent again is not sent twice.',
  })
  idempotencyKey: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Code of the unit that bears the label: an SSCC, an S10 number or an own one. Left out, it is a new SSCC of the country’s own (`setGs1CompanyPrefix`), else a code made here.',
  })
  unit?: string | null;
  @Field(() => ConsignmentKindEnum, { description: 'What sort of thing.' })
  kind: ConsignmentKind;
  @Field(() => ID, { description: 'The hub it is sent from.' })
  fromHubId: string;
  @Field(() => ID, { nullable: true, description: 'The hub it goes to; or else an area.' })
  toHubId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The area it goes to: to the hub that delivers there.' })
  toAreaId?: string | null;
  @Field(() => TemperatureClassEnum, { defaultValue: 'AMBIENT', description: 'How cold it is kept.' })
  temperature: TemperatureClass;
  @Field(() => Date, { nullable: true, description: 'From when on it is at the hub; now when left out.' })
  readyAt?: Date | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'Its weight in grams. It is planned to go by departures that have room for it; unknown, it needs none.',
  })
  @IsOptional()
  @Min(1)
  @Max(1_000_000_000)
  weightGrams?: number | null;
  @Field(() => ConsignmentReceiverGraphqlInput, {
    nullable: true,
    description: 'Who is told by message how it stands; nobody when left out.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ConsignmentReceiverGraphqlInput)
  receiver?: ConsignmentReceiverGraphqlInput | null;
}

export const TrackingStatusEnum = {
  ...UnitStatusEnum,
  REDIRECTED: 'REDIRECTED',
  RETURNING: 'RETURNING',
} as const satisfies Record<MilestoneKind, MilestoneKind>;
registerEnumType(TrackingStatusEnum, {
  name: 'TrackingStatus',
  description: 'Where a consignment stands, for whoever waits for it.',
  valuesMap: {
    ACCEPTED: { description: 'Taken over from the sender.' },
    IN_TRANSIT: { description: 'Between two hubs.' },
    AT_HUB: { description: 'At a hub.' },
    READY_FOR_PICKUP: { description: 'Waits to be picked up.' },
    OUT_FOR_DELIVERY: { description: 'On the last way, to the door.' },
    DELIVERY_FAILED: { description: 'Could not be handed over; it will be tried again or goes back.' },
    DELIVERED: { description: 'Handed over.' },
    RETURNED: { description: 'Handed back to the sender.' },
    REDIRECTED: { description: 'Goes to another place than it was sent to.' },
    RETURNING: { description: 'Goes back to the sender.' },
  },
});

@ObjectType({ description: 'One thing that happened on the way of a consignment.' })
export class TrackingMilestone {
  @Field(() => TrackingStatusEnum, { description: 'How it stood from then on.' })
  status: MilestoneKind;
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => String, {
    nullable: true,
    description: 'The place, in the caller’s language; absent on the way, and for an S10 number.',
  })
  place: string | null;
  @Field(() => DeliveryFailureEnum, {
    nullable: true,
    description: 'For a failed attempt: why; absent when nobody said, and for an S10 number.',
  })
  reason: DeliveryFailure | null;
}

@ObjectType({
  description:
    'Where a consignment is, for whoever waits for it. Never a name, an address, a phone or what is in it.',
})
export class Tracking {
  @Field(() => TrackingStatusEnum, {
    nullable: true,
    description: 'Where it stands; absent until it is taken over.',
  })
  status: MilestoneKind | null;
  @Field(() => String, { nullable: true, description: 'The place it goes to; absent for an S10 number.' })
  destination: string | null;
  @Field(() => Date, {
    nullable: true,
    description:
      'When it is due there; absent once it is handed over, while that is not known, and for an S10 number.',
  })
  dueAt: Date | null;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The last day on which it can be picked up; absent when it does not wait, no end was told, and for an S10 number.',
  })
  heldUntil: string | null;
  @Field(() => [TrackingMilestone], { complexity: 20, description: 'What happened, in order.' })
  milestones: TrackingMilestone[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Nothing is known by this code. It may be mistyped, or of another country.',
})
export class NothingTracked implements Refusal {
  message: string;
}

export const TrackConsignmentResult = createUnionType({
  name: 'TrackConsignmentResult',
  description: 'Where the consignment is, or that nothing is known by the code.',
  types: () => [Tracking, NothingTracked] as const,
  resolveType: byClass,
});
