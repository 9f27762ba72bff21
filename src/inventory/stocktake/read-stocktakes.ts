import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest, pageOf } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { asDifference, asStocktake } from './stocktake-view';
import { Stocktake, StocktakePage, StocktakeReview } from './stocktake.graphql';
import { type StocktakeRow, StocktakeStore } from './stocktake.store';

/** Counts of a place: blind for those who count, against the book for those who decide. */
@Injectable()
export class ReadStocktakes {
  constructor(
    private readonly database: Database,
    private readonly store: StocktakeStore,
    private readonly places: Places,
  ) {}

  /** Throws NOT_FOUND. */
  one(ctx: Context, facilityId: string, id: string): Promise<Stocktake> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const stocktake = await this.store.one(work, facilityId, id);
      if (!stocktake) throw notFound();
      return this.of(work, stocktake);
    });
  }

  /** Newest first. */
  list(ctx: Context, facilityId: string, page: PageRequest): Promise<StocktakePage> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const after = page.after ? decodeCursor(page.after) : null;
      const before = after && isId(after) ? after : null;
      const found = await this.store.list(work, facilityId, { before, limit: page.first + 1 });
      const { items, endCursor } = pageOf(found, page.first, ({ id }) => id);
      const whole: Stocktake[] = [];
      for (const item of items) whole.push(await this.of(work, item));
      return Object.assign(new StocktakePage(), { items: whole, endCursor });
    });
  }

  /** What was counted against the book, once it is submitted. Throws NOT_FOUND, before that too. */
  review(ctx: Context, facilityId: string, id: string): Promise<StocktakeReview> {
    mayAnywhere(ctx, 'stocktake.decide');
    return this.database.read(ctx, async work => {
      may(ctx, 'stocktake.decide', await this.places.of(work, facilityId));
      const stocktake = await this.store.one(work, facilityId, id);
      if (!stocktake || !['SUBMITTED', 'APPROVED'].includes(stocktake.state)) throw notFound();
      const lines = (await this.store.lines(work, stocktake)).map(asDifference);
      return Object.assign(new StocktakeReview(), { ...stocktake, lines });
    });
  }

  /** As whoever counts sees it. */
  async of(work: UnitOfWork, stocktake: StocktakeRow): Promise<Stocktake> {
    return asStocktake(stocktake, await this.store.lines(work, stocktake));
  }
}
