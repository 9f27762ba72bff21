import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Refusal } from '../../platform/graphql';
import type { TemperatureClass } from '../network/hub-rules';
import { NoRoute, TemperatureClassEnum } from '../network/network.graphql';
import type { UnitStatus } from '../scan-rules';
import { UnitStatusEnum } from '../scans/scan.graphql';
import type { ConsignmentKind } from './consignments.store';
import type { ExceptionKind } from './plan-rules';

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
} as const satisfies Record<ExceptionKind, ExceptionKind>;
registerEnumType(ConsignmentExceptionEnum, {
  name: 'ConsignmentExceptionKind',
  description: 'What went wrong with a consignment. All but the last have it planned anew from where it is.',
  valuesMap: {
    MISSORT: { description: 'It came to a hub that is not on its way.' },
    MISSED_CONNECTION: { description: 'It came to a hub after the cut-off of the run it was to take.' },
    RUN_CANCELLED: { description: 'A run that it was to take does not happen.' },
    CUSTODY_GAP: {
      description: 'It came to a hub without having left the one before: nobody had it in between.',
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
  resolveType: (value: object) => value.constructor.name,
});

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
      'Code of the unit that bears the label: an SSCC, an S10 number or an own one. Left out, its tracking code is.',
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
}

@ObjectType({ description: 'One thing that happened on the way of a consignment.' })
export class TrackingMilestone {
  @Field(() => UnitStatusEnum, { description: 'How it stood from then on.' })
  status: UnitStatus;
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => String, {
    nullable: true,
    description: 'The place, in the caller’s language; absent on the way, and for an S10 number.',
  })
  place: string | null;
}

@ObjectType({
  description:
    'Where a consignment is, for whoever waits for it. Never a name, an address, a phone or what is in it.',
})
export class Tracking {
  @Field(() => UnitStatusEnum, {
    nullable: true,
    description: 'Where it stands; absent until it is taken over.',
  })
  status: UnitStatus | null;
  @Field(() => String, { nullable: true, description: 'The place it goes to; absent for an S10 number.' })
  destination: string | null;
  @Field(() => Date, {
    nullable: true,
    description:
      'When it is due there; absent once it is delivered, while that is not known, and for an S10 number.',
  })
  dueAt: Date | null;
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
  resolveType: (value: object) => value.constructor.name,
});
