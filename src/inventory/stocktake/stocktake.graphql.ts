import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { byClass, DateScalar, ID, Page } from '../../platform/graphql';
import { WasteReason } from '../inventory.graphql';
import { InUnit, StockAmount } from '../units/unit.graphql';
import {
  StocktakeChanged,
  StocktakeIncomplete,
  StocktakeMoved,
  StocktakeNeedsSecondPerson,
  StocktakeUnderWay,
  StocktakeUnexplained,
} from './stocktake.refusals';
import type { StocktakeLineState, StocktakeState } from './stocktake.store';

export const StocktakeStateEnum = {
  OPEN: 'OPEN',
  SUBMITTED: 'SUBMITTED',
  APPROVED: 'APPROVED',
  CANCELLED: 'CANCELLED',
} as const satisfies Record<StocktakeState, StocktakeState>;
registerEnumType(StocktakeStateEnum, {
  name: 'StocktakeState',
  description: 'How far a count of a place has come.',
  valuesMap: {
    OPEN: { description: 'Being counted, or counted again.' },
    SUBMITTED: { description: 'All is counted: a second person decides.' },
    APPROVED: { description: 'The ledger says what was counted.' },
    CANCELLED: { description: 'Given up. What it had found unfit was wasted.' },
  },
});

export const StocktakeLineStateEnum = {
  DUE: 'DUE',
  COUNTED: 'COUNTED',
  SETTLED: 'SETTLED',
} as const satisfies Record<StocktakeLineState, StocktakeLineState>;
registerEnumType(StocktakeLineStateEnum, {
  name: 'StocktakeLineState',
  description: 'How far the count of a lot has come.',
  valuesMap: {
    DUE: { description: 'To be counted, or to be counted again.' },
    COUNTED: { description: 'Counted.' },
    SETTLED: { description: 'The ledger says what was counted.' },
  },
});

export enum StocktakeReason {
  NOT_RECORDED = 'NOT_RECORDED',
  ENTRY_ERROR = 'ENTRY_ERROR',
  MISCOUNTED_BEFORE = 'MISCOUNTED_BEFORE',
  STOLEN = 'STOLEN',
  UNEXPLAINED = 'UNEXPLAINED',
}
registerEnumType(StocktakeReason, {
  name: 'StocktakeReason',
  description: 'Why what was counted does not agree with the book.',
  valuesMap: {
    NOT_RECORDED: { description: 'Something came or went and nobody recorded it.' },
    ENTRY_ERROR: { description: 'It was recorded wrongly: another lot, another number, twice.' },
    MISCOUNTED_BEFORE: { description: 'An earlier count was wrong.' },
    STOLEN: { description: 'It was stolen, or may have been.' },
    UNEXPLAINED: { description: 'Nobody knows.' },
  },
});

@ObjectType({ description: 'What is unfit for one reason.' })
export class UnfitDoses extends StockAmount {
  @Field(() => WasteReason, { description: 'Why.' })
  reason: string;
}

@ObjectType({ description: 'A lot to be counted, as whoever counts sees it: without what the book says.' })
export class StocktakeLine extends InUnit {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => DateScalar, { description: 'The last day on which it may be used.' })
  expiresOn: string;
  @Field(() => StocktakeLineStateEnum, { description: 'How far its count has come.' })
  state: StocktakeLineState;
  @Field(() => Int, { description: 'Packed for shipments that have not left: leave it out.' })
  setAside: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Whole doses counted as fit for use; absent before that, 0 for a supply.',
  })
  doses: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Pieces counted as fit for use; absent before that, 0 for a vaccine.',
  })
  pieces: number | null;
  @Field(() => Int, { nullable: true, description: 'The worst stage of the vial monitors of these, 1 or 2.' })
  vvmStage: number | null;
  @Field(() => [UnfitDoses], { description: 'Counted as unfit. They left the shelf when that was entered.' })
  unfit: UnfitDoses[];
  @Field(() => Date, { nullable: true, description: 'When it was counted last.' })
  countedAt: Date | null;
}

@ObjectType({ description: 'A count of what a facility has, as whoever counts sees it.' })
export class Stocktake {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => [ID], { nullable: true, description: 'Codes of the products counted; absent: all.' })
  productCodes: string[] | null;
  @Field(() => StocktakeStateEnum, { description: 'How far it has come.' })
  state: StocktakeState;
  @Field(() => Int, {
    description: 'Goes up with whatever changes; a decision names the one that it is about.',
  })
  version: number;
  @Field(() => Date, { description: 'When it began.' })
  openedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When all was counted.' })
  submittedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was last decided on.' })
  decidedAt: Date | null;
  @Field(() => [StocktakeLine], { complexity: 50, description: 'Its lots, by product and number.' })
  lines: StocktakeLine[];
}

@ObjectType({ description: 'A page of counts.' })
export class StocktakePage extends Page {
  @Field(() => [Stocktake], { description: 'Newest first.' })
  items: Stocktake[];
}

@ObjectType({
  description: 'A counted lot against the book. `doses` or `pieces`: counted as fit for use.',
})
export class StocktakeDifference extends StockAmount {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => DateScalar, { description: 'The last day on which it may be used.' })
  expiresOn: string;
  @Field(() => Int, { nullable: true, description: 'The worst stage of the vial monitors of these, 1 or 2.' })
  vvmStage: number | null;
  @Field(() => [UnfitDoses], { description: 'Counted as unfit.' })
  unfit: UnfitDoses[];
  @Field(() => Int, {
    description: 'On hand by the ledger when it was counted, as far as is known now.',
  })
  book: number;
  @Field(() => Int, { description: 'Found; below nothing: lost. Fit and unfit, less the book.' })
  difference: number;
  @Field(() => Int, { description: 'How often it was counted.' })
  counts: number;
  @Field(() => StocktakeReason, { nullable: true, description: 'Why it differs, as whoever counted says.' })
  reason: string | null;
  @Field(() => String, { nullable: true, description: 'What else was said of it.' })
  remark: string | null;
}

@ObjectType({ description: 'A count against the book, for whoever decides on it.' })
export class StocktakeReview {
  @Field(() => ID, { description: 'The count.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => StocktakeStateEnum, { description: 'How far it has come.' })
  state: StocktakeState;
  @Field(() => Int, { description: 'The version that a decision on this names.' })
  version: number;
  @Field(() => [StocktakeDifference], { complexity: 50, description: 'Its lots, by product and number.' })
  lines: StocktakeDifference[];
}

export const OpenStocktakeResult = createUnionType({
  name: 'OpenStocktakeResult',
  description: 'The count that began, or the one that is under way already.',
  types: () => [Stocktake, StocktakeUnderWay] as const,
  resolveType: byClass,
});

export const SubmitStocktakeResult = createUnionType({
  name: 'SubmitStocktakeResult',
  description: 'The count as it awaits a decision, or what is still missing.',
  types: () => [Stocktake, StocktakeIncomplete, StocktakeUnexplained] as const,
  resolveType: byClass,
});

export const DecideStocktakeResult = createUnionType({
  name: 'DecideStocktakeResult',
  description: 'The count as it was decided, or why it cannot be.',
  types: () => [Stocktake, StocktakeNeedsSecondPerson, StocktakeChanged, StocktakeMoved] as const,
  resolveType: byClass,
});
