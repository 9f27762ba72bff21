import { amountOf } from '../units/unit-rules';
import { DestroyedLot, StockDestruction } from './destruction.graphql';
import type { DestructionRow } from './destruction.store';

/** A record as it is shown. */
export const asDestruction = (row: DestructionRow): StockDestruction =>
  Object.assign(new StockDestruction(), row, {
    lots: row.lots.map(lot => Object.assign(new DestroyedLot(), lot, amountOf(lot.unit, lot.doses))),
  });
