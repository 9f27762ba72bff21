import {
  ArgsType,
  createUnionType,
  Field,
  Float,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsUUID, Length, Max, Min, ValidateNested } from 'class-validator';
import { byClass, ID, Page, PageArgs } from '../../platform/graphql';
import { ExcursionSideEnum } from '../temperature.graphql';
import type { DecisionReason, LotOutcome } from './decision-rules';
import {
  ExcursionChanged,
  ExcursionDecisionUnfit,
  ExcursionNeedsSecondPerson,
  ExcursionStockOnTheWay,
  ExcursionStockSetAside,
} from './excursions.refusals';
import type { ExcursionSide } from './excursions.store';

export const LotOutcomeEnum = { RELEASED: 'RELEASED', DISCARDED: 'DISCARDED' } as const satisfies Record<
  LotOutcome,
  LotOutcome
>;
registerEnumType(LotOutcomeEnum, {
  name: 'ExcursionOutcome',
  description: 'What becomes of a lot after an excursion.',
  valuesMap: {
    RELEASED: { description: 'It may be used again.' },
    DISCARDED: { description: 'All that is on hand there is thrown away, and the ledger has it as wasted.' },
  },
});

export const DecisionReasonEnum = {
  VVM_STAGE_USABLE: 'VVM_STAGE_USABLE',
  SHAKE_TEST_PASSED: 'SHAKE_TEST_PASSED',
  WITHIN_STABILITY: 'WITHIN_STABILITY',
  NOT_EXPOSED: 'NOT_EXPOSED',
  VVM_DISCARD_POINT: 'VVM_DISCARD_POINT',
  HEAT_EXPOSED: 'HEAT_EXPOSED',
  FROZEN: 'FROZEN',
} as const satisfies Record<DecisionReason, DecisionReason>;
registerEnumType(DecisionReasonEnum, {
  name: 'ExcursionDecisionReason',
  description: 'Why a lot is released or discarded.',
  valuesMap: {
    VVM_STAGE_USABLE: {
      description: 'Released: its vaccine vial monitors are at stage 1 or 2. Not after cold.',
    },
    SHAKE_TEST_PASSED: {
      description: 'Released: the shake test (WHO) shows that it did not freeze. Only after cold.',
    },
    WITHIN_STABILITY: { description: 'Released: it bears that by its maker’s stability data.' },
    NOT_EXPOSED: { description: 'Released: it was kept elsewhere, or the logger was out of the store.' },
    VVM_DISCARD_POINT: {
      description: 'Discarded: its vaccine vial monitors are at stage 3 or 4. Not after cold.',
    },
    HEAT_EXPOSED: { description: 'Discarded: it was too warm for too long.' },
    FROZEN: { description: 'Discarded: it froze, or may have.' },
  },
});

@ObjectType({ description: 'A lot that was there during an excursion.' })
export class ExcursionLot {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => ID, { description: 'Code of its product.' })
  productCode: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => Int, { description: 'Whole doses on hand when it was found to have been there.' })
  doses: number;
  @Field(() => ID, {
    nullable: true,
    description: 'The hold that keeps it from being used; absent where nothing of it was left.',
  })
  holdId: string | null;
  @Field(() => LotOutcomeEnum, { nullable: true, description: 'What was decided; absent before that.' })
  outcome: LotOutcome | null;
  @Field(() => DecisionReasonEnum, { nullable: true, description: 'Why.' })
  reason: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Stage of its vaccine vial monitors, 1 to 4, where it was looked at.',
  })
  vvmStage: number | null;
  @Field(() => String, { nullable: true, description: 'What else was said of it.' })
  remark: string | null;
  @Field(() => Int, { nullable: true, description: 'Whole doses thrown away.' })
  discarded: number | null;
}

@ObjectType({
  description:
    'A stay beyond what a class of products bears. The lots that were there are on hold until somebody has decided.',
})
export class Excursion {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The facility where it happened, when the stock came here only afterwards.',
  })
  originFacilityId: string | null;
  @Field(() => ID, { nullable: true, description: 'The excursion there.' })
  originId: string | null;
  @Field(() => ID, { nullable: true, description: 'The logger; absent where it happened elsewhere.' })
  loggerId: string | null;
  @Field(() => String, {
    description: 'Code of the country’s storage class; `usual` for what it names in none.',
  })
  storageClass: string;
  @Field(() => ExcursionSideEnum, { description: 'Which way.' })
  side: ExcursionSide;
  @Field(() => Float, { description: 'The limit that was passed, °C.' })
  limitCelsius: number;
  @Field(() => Int, { description: 'For how many minutes it may be.' })
  limitMinutes: number;
  @Field(() => Boolean, {
    description: 'True: told by the device’s own daily alarms, since it keeps no readings.',
  })
  byDevice: boolean;
  @Field(() => Date, { description: 'Since when.' })
  fromAt: Date;
  @Field(() => Date, { description: 'Until when, as far as it is known.' })
  toAt: Date;
  @Field(() => Int, { description: 'Minutes beyond the limit within it.' })
  minutes: number;
  @Field(() => Float, { nullable: true, description: 'The furthest that it went, °C.' })
  furthest: number | null;
  @Field(() => Date, { description: 'When it was found.' })
  openedAt: Date;
  @Field(() => Int, {
    description: 'Goes up with whatever changes; a decision names the one that it is about.',
  })
  version: number;
  @Field(() => Date, { nullable: true, description: 'When it was decided on; absent before that.' })
  decidedAt: Date | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The excursion that it turned out to be a part of, when late readings joined the two: decide on that one.',
  })
  partOf: string | null;
  @Field(() => [ExcursionLot], {
    complexity: 20,
    description: 'The lots that were there, by product and number.',
  })
  lots: ExcursionLot[];
}

@ObjectType({ description: 'A page of excursions.' })
export class ExcursionPage extends Page {
  @Field(() => [Excursion], { description: 'Newest first.' })
  items: Excursion[];
}

@ArgsType()
export class ExcursionsArgs extends PageArgs {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => Boolean, { defaultValue: false, description: 'True: only those that nobody has decided on.' })
  undecided: boolean;
}

@ArgsType()
export class UndecidedExcursionsArgs extends PageArgs {
  @Field(() => ID, { description: 'The area; all below it are in it.' })
  areaId: string;
}

export const DecideExcursionResult = createUnionType({
  name: 'DecideExcursionResult',
  description: 'The excursion as it was decided, or why it cannot be.',
  types: () =>
    [
      Excursion,
      ExcursionChanged,
      ExcursionNeedsSecondPerson,
      ExcursionDecisionUnfit,
      ExcursionStockOnTheWay,
      ExcursionStockSetAside,
    ] as const,
  resolveType: byClass,
});

@InputType('ExcursionLotDecisionInput', { description: 'What becomes of one lot.' })
export class LotDecisionGraphqlInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => LotOutcomeEnum, { description: 'What becomes of it.' })
  outcome: LotOutcome;
  @Field(() => DecisionReasonEnum, { description: 'Why.' })
  reason: DecisionReason;
  @Field(() => Int, {
    nullable: true,
    description: 'Stage of its vaccine vial monitors, 1 to 4, the worst that was seen.',
  })
  @IsOptional()
  @Min(1)
  @Max(4)
  vvmStage?: number | null;
  @Field(() => String, { nullable: true, description: 'What else is to be said, at most 500 characters.' })
  @IsOptional()
  @Length(1, 500)
  remark?: string | null;
}

@InputType('DecideExcursionInput', { description: 'What becomes of the lots of an excursion.' })
export class DecideExcursionGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key decides once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The excursion.' })
  @IsUUID()
  excursionId: string;
  @Field(() => Int, { description: 'The `version` of it that the decision is about.' })
  @Min(1)
  version: number;
  @Field(() => [LotDecisionGraphqlInput], {
    description: 'Each lot that is on hold by it, once; none where none is.',
  })
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => LotDecisionGraphqlInput)
  lots: LotDecisionGraphqlInput[];
}
