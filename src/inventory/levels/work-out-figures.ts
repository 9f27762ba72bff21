import { Injectable } from '@nestjs/common';
import { addTo } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { today } from '../stock';
import { figuresFor, keyOf, MEASURED_DAYS, type ProductFigure } from './figure-rules';
import { FiguresStore, type StockFigureRow } from './figures.store';
import { type LevelRow, LevelsStore } from './levels.store';
import { UsedProducts } from './used-products';

export interface WorkedOut {
  /** As they are now. */
  products: ProductFigure[];
  /** As they were kept, by {@link keyOf}. */
  known: ReadonlyMap<string, StockFigureRow>;
  levels: ReadonlyMap<string, LevelRow>;
}

/** What facilities have, use and lack at this moment, from what is on hand and the ledger. */
@Injectable()
export class WorkOutFigures {
  constructor(
    private readonly levels: LevelsStore,
    private readonly store: FiguresStore,
    private readonly products: UsedProducts,
  ) {}

  async of(ctx: Context, work: UnitOfWork, facilityIds: readonly string[]): Promise<WorkedOut> {
    const day = today(ctx);
    const known = byKey(await this.store.figures(work, facilityIds));
    const levels = byKey(await this.levels.levels(work, facilityIds));
    const stock = await this.levels.stock(work, facilityIds, day, ctx.now());
    const stale = stock.filter(row => known.get(keyOf(row))?.measuredOn !== day);
    const use = await this.levels.dailyUse(work, [...new Set(stale.map(({ facilityId }) => facilityId))], {
      ...this.measuredDays(ctx),
      timeZone: ctx.tenant!.timeZone,
    });
    const products = [...(await this.products.all(ctx, work)).values()];
    const inUse = new Set(products.flatMap(({ code, active }) => (active ? code : [])));
    const measured = byKey(use);
    return { products: figuresFor(stock, { today: day, known, measured, levels, inUse }), known, levels };
  }

  /** The days over which use is measured: the first, and the one after the last. */
  measuredDays(ctx: Context): { from: string; to: string } {
    const to = today(ctx);
    return { from: addTo(to, { months: 0, days: -MEASURED_DAYS }), to };
  }
}

const byKey = <Row extends { facilityId: string; productCode: string }>(
  rows: readonly Row[],
): Map<string, Row> => new Map(rows.map(row => [keyOf(row), row]));
