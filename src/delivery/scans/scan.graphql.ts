import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';
import { ID } from '../../platform/graphql';
import type { DeliveryFailure } from '../doors/door-rules';
import { DeliveryFailureEnum, HandoverProofGraphqlInput } from '../doors/door.graphql';
import type { AnomalyKind, UnitStatus } from '../scan-rules';
import type { EnteredScan, ScanStep } from './scan-input-rules';

/** Scans in one call, at most. */
const MOST = 1_000;

export const ScanStepEnum = {
  ACCEPTED: 'ACCEPTED',
  ARRIVED: 'ARRIVED',
  STORED: 'STORED',
  PACKED: 'PACKED',
  UNPACKED: 'UNPACKED',
  DEPARTED: 'DEPARTED',
  HELD_FOR_PICKUP: 'HELD_FOR_PICKUP',
  OUT_FOR_DELIVERY: 'OUT_FOR_DELIVERY',
  DELIVERY_FAILED: 'DELIVERY_FAILED',
  DELIVERED: 'DELIVERED',
  RETURNED: 'RETURNED',
} as const satisfies Record<ScanStep, ScanStep>;
registerEnumType(ScanStepEnum, {
  name: 'ScanStep',
  description: 'What is done to units when they are scanned. A container takes along what is in it.',
  valuesMap: {
    ACCEPTED: { description: 'Taken over from the sender.' },
    ARRIVED: { description: 'Come to the hub.' },
    STORED: { description: 'Put away at the hub.' },
    PACKED: { description: 'Put into the container.' },
    UNPACKED: { description: 'Taken out of the container; all that is in it when no units are named.' },
    DEPARTED: { description: 'Left the hub.' },
    HELD_FOR_PICKUP: { description: 'Ready to be picked up at the hub.' },
    OUT_FOR_DELIVERY: { description: 'On the last way, to the door.' },
    DELIVERY_FAILED: { description: 'Could not be handed over at the door.' },
    DELIVERED: { description: 'Handed over.' },
    RETURNED: { description: 'Handed back to the sender.' },
  },
});

export const UnitStatusEnum = {
  ACCEPTED: 'ACCEPTED',
  IN_TRANSIT: 'IN_TRANSIT',
  AT_HUB: 'AT_HUB',
  READY_FOR_PICKUP: 'READY_FOR_PICKUP',
  OUT_FOR_DELIVERY: 'OUT_FOR_DELIVERY',
  DELIVERY_FAILED: 'DELIVERY_FAILED',
  DELIVERED: 'DELIVERED',
  RETURNED: 'RETURNED',
} as const satisfies Record<UnitStatus, UnitStatus>;
registerEnumType(UnitStatusEnum, {
  name: 'UnitStatus',
  description: 'Where a handling unit stands on its way.',
  valuesMap: {
    ACCEPTED: { description: 'Taken over from the sender.' },
    IN_TRANSIT: { description: 'Between two hubs.' },
    AT_HUB: { description: 'At a hub.' },
    READY_FOR_PICKUP: { description: 'Waits to be picked up.' },
    OUT_FOR_DELIVERY: { description: 'On the last way, to the door.' },
    DELIVERY_FAILED: { description: 'Could not be handed over; it will be tried again or goes back.' },
    DELIVERED: { description: 'Handed over. Nothing changes that.' },
    RETURNED: { description: 'Handed back to the sender. Nothing changes that.' },
  },
});

export const ScanAnomalyEnum = {
  implicit_unpack: 'implicit_unpack',
  seen_outside_container: 'seen_outside_container',
  scan_after_delivery: 'scan_after_delivery',
} as const satisfies Record<AnomalyKind, AnomalyKind>;
registerEnumType(ScanAnomalyEnum, {
  name: 'ScanAnomaly',
  description: 'What a scan shows to have gone wrong.',
  valuesMap: {
    implicit_unpack: {
      description: 'It was packed elsewhere without having been taken out; it is there now.',
    },
    seen_outside_container: {
      description: 'It was seen outside of what it should be in; it is out of it now.',
    },
    scan_after_delivery: { description: 'It had been handed over before; the scan changed nothing.' },
  },
});

export enum ScanOutcome {
  RECORDED = 'RECORDED',
  ALREADY_RECORDED = 'ALREADY_RECORDED',
  REFUSED = 'REFUSED',
}
registerEnumType(ScanOutcome, {
  name: 'ScanOutcome',
  description: 'What became of a scan.',
  valuesMap: {
    RECORDED: { description: 'It is recorded now.' },
    ALREADY_RECORDED: { description: 'It was recorded when it was sent before.' },
    REFUSED: { description: 'It is not recorded; `fault` says why. Mend it and send it again.' },
  },
});

@InputType('ScanInput', { description: 'Units that were scanned at one moment.' })
export class ScanGraphqlInput implements EnteredScan {
  @Field(() => String, {
    description:
      'What the device calls this scan, 8 to 100 printable ASCII characters without spaces; the same for ever.',
  })
  clientId: string;
  @Field(() => Date, {
    description:
      'When, by the device’s own clock. A clock that is wrong by two minutes or more is corrected by `deviceTime`.',
  })
  at: Date;
  @Field(() => ScanStepEnum, { description: 'What was done.' })
  step: ScanStep;
  @Field(() => ID, { description: 'The hub where it was done, or which is left or delivered from.' })
  hubId: string;
  @Field(() => [String], {
    description:
      'The units’ codes as they were read, at most 500: an SSCC in any form, an S10 number, or the network’s own code.',
  })
  units: string[];
  @Field(() => String, { nullable: true, description: 'For PACKED and UNPACKED: the code of the container.' })
  container?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The seal as it was read on the container, or on the one unit: 3 to 30 letters, digits and dashes; `NONE` where there is none. Left out, nobody looked.',
  })
  seal?: string | null;
  @Field(() => DeliveryFailureEnum, {
    nullable: true,
    description: 'For DELIVERY_FAILED, and always then: why.',
  })
  failure?: DeliveryFailure | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'For HELD_FOR_PICKUP: days for which it is kept, 1 to 90, the day of the scan not counted. Left out, no end is told.',
  })
  holdDays?: number | null;
  @Field(() => HandoverProofGraphqlInput, {
    nullable: true,
    description: 'For DELIVERED: how it is shown that the right one has it.',
  })
  proof?: HandoverProofGraphqlInput | null;
}

@InputType('CaptureScanInput', { description: 'One scan, as it is made.' })
export class CaptureScanGraphqlInput {
  @Field(() => String, {
    description:
      'The device, 8 to 100 printable ASCII characters without spaces and slashes; the same for ever.',
  })
  @Matches(/^[\x21-\x2e\x30-\x7e]{8,100}$/)
  deviceId: string;
  @Field(() => Date, { description: 'What the device’s own clock says while it sends this.' })
  deviceTime: Date;
  @Field(() => ScanGraphqlInput, { description: 'The scan.' })
  scan: ScanGraphqlInput;
}

@InputType('CaptureScansInput', {
  description: 'Scans that a device gathered: in any order, late, and again as often as need be.',
})
export class CaptureScansGraphqlInput {
  @Field(() => String, {
    description:
      'The device, 8 to 100 printable ASCII characters without spaces and slashes; the same for ever.',
  })
  @Matches(/^[\x21-\x2e\x30-\x7e]{8,100}$/)
  deviceId: string;
  @Field(() => Date, { description: 'What the device’s own clock says while it sends this.' })
  deviceTime: Date;
  @Field(() => [ScanGraphqlInput], { description: `The scans, at most ${MOST} in one call.` })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  scans: ScanGraphqlInput[];
}

@ObjectType({ description: 'Something that a scan shows to have gone wrong with a unit.' })
export class UnitAnomaly {
  @Field(() => ScanAnomalyEnum, { description: 'What.' })
  kind: AnomalyKind;
  @Field(() => String, { description: 'The unit’s code.' })
  unit: string;
}

@ObjectType({ description: 'What became of one scan.' })
export class CapturedScan {
  @Field(() => String, { description: 'What the device calls it.' })
  clientId: string;
  @Field(() => ScanOutcome, { description: 'What became of it.' })
  outcome: ScanOutcome;
  @Field(() => String, { nullable: true, description: 'For a refused one: a stable word for what is wrong.' })
  fault: string | null;
  @Field(() => String, { nullable: true, description: 'What is wrong, in the caller’s language.' })
  message: string | null;
  @Field(() => [UnitAnomaly], { complexity: 1, description: 'What it shows to have gone wrong.' })
  anomalies: UnitAnomaly[];
}

@ObjectType({ description: 'What became of the scans that a device sent.' })
export class ScanCapture {
  @Field(() => Date, { description: 'When we received them, by our clock.' })
  receivedAt: Date;
  @Field(() => Int, {
    description: 'By how many seconds the device’s clock is behind ours; 0 when it is right.',
  })
  clockOffsetSeconds: number;
  @Field(() => [CapturedScan], {
    complexity: 200,
    description: 'The scans, in the order in which they were sent.',
  })
  scans: CapturedScan[];
}

@ObjectType({ description: 'One thing that happened to a unit.' })
export class UnitStep {
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => UnitStatusEnum, { nullable: true, description: 'How it stood from then on.' })
  status: UnitStatus | null;
  @Field(() => String, { nullable: true, description: 'Name of the hub where it was; absent on the way.' })
  hub: string | null;
  @Field(() => String, { nullable: true, description: 'Code of the unit that it was in.' })
  container: string | null;
}

@ObjectType({ description: 'The seal of a unit as it was found.' })
export class UnitSeal {
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => String, { description: 'What it bore; `NONE` where it bore none.' })
  seal: string;
  @Field(() => String, { nullable: true, description: 'Name of the hub where it was read.' })
  hub: string | null;
  @Field(() => Boolean, {
    description: 'Whether it bore another before, or none now, and nobody has packed or unpacked it since.',
  })
  broken: boolean;
}

@ObjectType({ description: 'A handling unit: whatever is scanned as one, with what is in it.' })
export class HandlingUnit {
  @Field(() => String, { description: 'Its code, in the one form by which it is known.' })
  code: string;
  @Field(() => UnitStatusEnum, { nullable: true, description: 'Where it stands.' })
  status: UnitStatus | null;
  @Field(() => ID, { nullable: true, description: 'The hub where it is; absent on the way.' })
  hubId: string | null;
  @Field(() => String, { nullable: true, description: 'Code of the unit that it is in.' })
  container: string | null;
  @Field(() => [UnitStep], {
    complexity: 100,
    description: 'What happened to it, in order; the first thousand steps.',
  })
  steps: UnitStep[];
  @Field(() => [UnitAnomaly], { complexity: 10, description: 'What went wrong with it, in order.' })
  anomalies: UnitAnomaly[];
  @Field(() => [UnitSeal], { complexity: 10, description: 'Its seals as they were found, in order.' })
  seals: UnitSeal[];
}
