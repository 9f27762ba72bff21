import { amountOf, type StockUnit } from '../units/unit-rules';
import type { Unfit } from './stocktake-rules';
import { differenceOf } from './stocktake-rules';
import { Stocktake, StocktakeDifference, StocktakeLine, UnfitDoses } from './stocktake.graphql';
import { bookKnown, type StocktakeLineRow, type StocktakeRow } from './stocktake.store';

const asUnfit = (unit: StockUnit, unfit: Unfit): UnfitDoses[] =>
  Object.entries(unfit).map(([reason, count]) =>
    Object.assign(new UnfitDoses(), { reason, ...amountOf(unit, count) }),
  );

const lotOf = ({ lotId, lotNumber, productCode, unit, expiresOn }: StocktakeLineRow) => ({
  lotId,
  lotNumber,
  productCode,
  unit,
  expiresOn,
});

/** A stocktake as whoever counts sees it: what is to be counted and was, never what the book says. */
export const asStocktake = (row: StocktakeRow, lines: readonly StocktakeLineRow[]): Stocktake =>
  Object.assign(new Stocktake(), row, {
    lines: lines.map(line =>
      Object.assign(new StocktakeLine(), lotOf(line), {
        state: line.state,
        setAside: line.setAside,
        ...(line.count ? amountOf(line.unit, line.count.doses) : { doses: null, pieces: null }),
        vvmStage: line.count?.vvmStage ?? null,
        unfit: asUnfit(line.unit, line.count?.unfit ?? {}),
        countedAt: line.count ? new Date(line.count.countedAt) : null,
      }),
    ),
  });

/** A counted lot against the book. */
export const asDifference = (line: StocktakeLineRow): StocktakeDifference => {
  const { count, counts, reason, remark } = line;
  const { book, late } = count ? bookKnown(count) : { book: 0, late: 0 };
  return Object.assign(new StocktakeDifference(), lotOf(line), {
    ...amountOf(line.unit, count?.doses ?? 0),
    vvmStage: count?.vvmStage ?? null,
    unfit: asUnfit(line.unit, count?.unfit ?? {}),
    book: book + late,
    difference: line.difference ?? (count ? differenceOf(count, { book, late }) : 0),
    counts,
    reason,
    remark,
  });
};
