import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsUUID, Length, Max, Min } from 'class-validator';
import { byClass, DateScalar, ID, Page } from '../platform/graphql';
import { LotDiffers, LotExpired, LotNotInStock } from './inventory.refusals';
import type { HoldEnd } from './inventory.store';
import type { LotState } from './stock-rules';
import { StockAmount, StockAmountInput } from './units/unit.graphql';

export const LotStateEnum = {
  AVAILABLE: 'AVAILABLE',
  ON_HOLD: 'ON_HOLD',
  EXPIRED: 'EXPIRED',
} as const satisfies Record<LotState, LotState>;
registerEnumType(LotStateEnum, {
  name: 'LotState',
  description: 'Whether a lot can be used at a facility.',
  valuesMap: {
    AVAILABLE: { description: 'It can be used.' },
    ON_HOLD: { description: 'It must not be used until its hold is released.' },
    EXPIRED: { description: 'Its last day is over.' },
  },
});

export enum WasteReason {
  EXPIRED = 'EXPIRED',
  VVM_CHANGED = 'VVM_CHANGED',
  HEAT_EXPOSED = 'HEAT_EXPOSED',
  FROZEN = 'FROZEN',
  SHAKE_TEST_FAILED = 'SHAKE_TEST_FAILED',
  BROKEN = 'BROKEN',
  CONTAMINATED = 'CONTAMINATED',
  OPEN_VIAL_DISCARDED = 'OPEN_VIAL_DISCARDED',
  MISSING = 'MISSING',
  RECALLED = 'RECALLED',
}
registerEnumType(WasteReason, {
  name: 'WasteReason',
  description: 'Why doses were lost (WHO, Monitoring vaccine wastage at country level, WHO/V&B/03.18).',
  valuesMap: {
    EXPIRED: { description: 'Past its last day.' },
    VVM_CHANGED: { description: 'The vaccine vial monitor reached its discard point.' },
    HEAT_EXPOSED: { description: 'It was too warm.' },
    FROZEN: { description: 'It was frozen. Only of a product that freezing harms.' },
    SHAKE_TEST_FAILED: {
      description:
        'The shake test (WHO) shows that it has been frozen. Only of a product that freezing harms.',
    },
    BROKEN: { description: 'The vial broke.' },
    CONTAMINATED: { description: 'It may have been contaminated.' },
    OPEN_VIAL_DISCARDED: { description: 'Doses left in an opened vial that could not be kept.' },
    MISSING: { description: 'It was not there at the count.' },
    RECALLED: { description: 'It was recalled.' },
  },
});

export enum HoldReason {
  RECALL = 'RECALL',
  SAFETY_SIGNAL = 'SAFETY_SIGNAL',
  COLD_CHAIN_EXCURSION = 'COLD_CHAIN_EXCURSION',
  QUALITY_DEFECT = 'QUALITY_DEFECT',
  INVESTIGATION = 'INVESTIGATION',
  VVM_CHANGED = 'VVM_CHANGED',
}
registerEnumType(HoldReason, {
  name: 'HoldReason',
  description: 'Why a lot must not be used for now.',
  valuesMap: {
    RECALL: { description: 'The manufacturer or the authority recalls it.' },
    SAFETY_SIGNAL: { description: 'Reactions after it are being looked into.' },
    COLD_CHAIN_EXCURSION: { description: 'It was outside its temperature range.' },
    QUALITY_DEFECT: { description: 'Something about it is not as it should be.' },
    INVESTIGATION: { description: 'An investigation asks for it.' },
    VVM_CHANGED: { description: 'Its vaccine vial monitor is at stage 3 or 4: the discard point (WHO).' },
  },
});

export enum ReleaseReason {
  CLEARED = 'CLEARED',
  HELD_BY_MISTAKE = 'HELD_BY_MISTAKE',
}
registerEnumType(ReleaseReason, {
  name: 'ReleaseReason',
  description: 'Why a lot may be used again.',
  valuesMap: {
    CLEARED: { description: 'It was examined and is fit for use.' },
    HELD_BY_MISTAKE: { description: 'It should not have been held.' },
  },
});

export const HoldEndEnum = {
  RELEASE: 'RELEASE',
  EXCURSION: 'EXCURSION',
  VVM: 'VVM',
} as const satisfies Record<HoldEnd, HoldEnd>;
registerEnumType(HoldEndEnum, {
  name: 'HoldEnd',
  description: 'What ends a hold.',
  valuesMap: {
    RELEASE: { description: 'Whoever may release it (`releaseLot`).' },
    EXCURSION: { description: 'Only a decision on the excursion that placed it (`decideExcursion`).' },
    VVM: { description: 'Only a second person’s reading of its vial monitors (`recordVvm`).' },
  },
});

@ObjectType({ description: 'A hold: while it stands, the lot must not be used where it applies.' })
export class LotHold {
  @Field(() => ID, { description: 'The hold.' })
  id: string;
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => ID, { nullable: true, description: 'Where it applies; absent for the whole country.' })
  facilityId: string | null;
  @Field(() => HoldReason, { description: 'Why.' })
  reason: string;
  @Field(() => Date, { description: 'Since when.' })
  at: Date;
  @Field(() => Date, { nullable: true, description: 'When it was released; absent while it stands.' })
  releasedAt: Date | null;
  @Field(() => HoldEndEnum, { description: 'What ends it.' })
  endedBy: HoldEnd;
}

@ObjectType({ description: 'What a facility has of one lot, of a vaccine or a supply.' })
export class StockItem extends StockAmount {
  @Field(() => ID, { description: 'The lot: this is what a dose is recorded with.' })
  lotId: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => String, { description: "What the product is called in the caller's language." })
  productName: string;
  @Field(() => String, { description: 'The lot number as printed on the vial.' })
  lotNumber: string;
  @Field(() => String, { nullable: true, description: 'The manufacturer, where the label says.' })
  manufacturer: string | null;
  @Field(() => DateScalar, {
    description: 'The last day on which it may be used; 9999-12-31 for a supply that does not expire.',
  })
  expiresOn: string;
  @Field(() => String, { nullable: true, description: 'GTIN-14 of the pack (GS1).' })
  gtin: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'The worst stage of its vaccine vial monitors here, 1 to 4; absent when nobody looked. At 3 or 4 it is on hold.',
  })
  vvmStage: number | null;
  @Field(() => LotStateEnum, { description: 'Whether it can be used here today.' })
  state: LotState;
  @Field(() => [LotHold], { complexity: 5, description: 'The holds that stand and apply here.' })
  holds: LotHold[];
}

@ObjectType({ description: 'A page of the lots that a facility has.' })
export class StockPage extends Page {
  @Field(() => [StockItem], { description: 'By product, the first to expire first.' })
  items: StockItem[];
  @Field(() => Date, { description: 'The moment that this stock was true.' })
  asOf: Date;
}

export const ReceiveStockResult = createUnionType({
  name: 'ReceiveStockResult',
  description: 'What the facility has of the lot now, or why it cannot be received.',
  types: () => [StockItem, LotExpired, LotDiffers] as const,
  resolveType: byClass,
});

export const WasteStockResult = createUnionType({
  name: 'WasteStockResult',
  description: 'What the facility has of the lot now, or why it cannot be wasted.',
  types: () => [StockItem, LotNotInStock] as const,
  resolveType: byClass,
});

@InputType('ReceiveStockInput', { description: 'Stock that came to a facility from outside.' })
export class ReceiveStockGraphqlInput extends StockAmountInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key receives once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where they came in.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'Code of the vaccine or the supply; one that the country uses now.' })
  @Length(1, 64)
  productCode: string;
  @Field(() => String, { description: 'The lot number as printed on the vial.' })
  @Length(1, 40)
  lotNumber: string;
  @Field(() => String, { nullable: true, description: 'The manufacturer, where the label says.' })
  @IsOptional()
  @Length(0, 120)
  manufacturer?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The last day on which it may be used; for a label with only a month, the last day of that month. Left out only for a supply that does not expire.',
  })
  expiresOn?: string | null;
  @Field(() => String, { nullable: true, description: 'GTIN-14 of the pack, with its check digit (GS1).' })
  gtin?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day they came, not in the future; today when left out.',
  })
  receivedOn?: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'The worst stage of the vaccine vial monitors, 1 to 4, where they have any. What comes at 3 or 4, the discard point (WHO), is wasted at once.',
  })
  @IsOptional()
  @Min(1)
  @Max(4)
  vvmStage?: number | null;
  @Field(() => String, { nullable: true, description: 'Number of the delivery note, for finding it again.' })
  @IsOptional()
  @Length(0, 60)
  deliveryNote?: string | null;
}

@InputType('WasteStockInput', { description: 'Stock of a lot that was lost.' })
export class WasteStockGraphqlInput extends StockAmountInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key wastes once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => WasteReason, {
    description: 'Why; for a supply no reason of vial monitors, shake tests or opened vials.',
  })
  @IsEnum(WasteReason)
  reason: WasteReason;
}

@InputType('HoldLotInput', { description: 'A lot that must not be used for now.' })
export class HoldLotGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key holds once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => ID, { nullable: true, description: 'Only at this facility; left out for the whole country.' })
  facilityId?: string | null;
  @Field(() => HoldReason, { description: 'Why.' })
  @IsEnum(HoldReason)
  reason: HoldReason;
}

@InputType('ReleaseLotInput', { description: 'The end of a hold.' })
export class ReleaseLotGraphqlInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => ID, { description: 'The hold that ends; others of the lot go on.' })
  @IsUUID()
  holdId: string;
  @Field(() => ReleaseReason, { description: 'Why.' })
  @IsEnum(ReleaseReason)
  reason: ReleaseReason;
}
