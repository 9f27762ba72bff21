import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest, pageOf } from '../../common';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { amountOf } from '../units/unit-rules';
import { asDestruction } from './destruction-view';
import { StockAwaitingDestruction, StockDestructionPage } from './destruction.graphql';
import { DestructionStore } from './destruction.store';

/** What a place has destroyed, and what still lies there to be. */
@Injectable()
export class ReadDestructions {
  constructor(
    private readonly database: Database,
    private readonly store: DestructionStore,
    private readonly places: Places,
  ) {}

  /** Newest first. */
  list(ctx: Context, facilityId: string, page: PageRequest): Promise<StockDestructionPage> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const after = page.after ? decodeCursor(page.after) : null;
      const before = after && isId(after) ? after : null;
      const found = await this.store.list(work, facilityId, { before, limit: page.first + 1 });
      const { items, endCursor } = pageOf(found, page.first, ({ id }) => id);
      return Object.assign(new StockDestructionPage(), { items: items.map(asDestruction), endCursor });
    });
  }

  awaiting(ctx: Context, facilityId: string): Promise<StockAwaitingDestruction[]> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const rows = await this.store.awaiting(work, facilityId);
      return rows.map(row =>
        Object.assign(new StockAwaitingDestruction(), row, amountOf(row.unit, row.doses)),
      );
    });
  }
}
