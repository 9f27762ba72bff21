import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { stockWasted } from '../inventory.events';
import { InventoryStore, type Move } from '../inventory.store';
import { today } from '../stock';
import { ShelfVvm } from '../vvm/shelf-vvm';
import { differenceOf, type Posting, postingsOf } from './stocktake-rules';
import { bookKnown, type StocktakeLineRow, type StocktakeRow, StocktakeStore } from './stocktake.store';

/** Makes the ledger say what was counted of a lot. */
@Injectable()
export class SettleStocktakeLine {
  constructor(
    private readonly store: StocktakeStore,
    private readonly stock: InventoryStore,
    private readonly shelf: ShelfVvm,
    private readonly outbox: Outbox,
  ) {}

  /** The lot's stock must be locked. False when so much has left since that what was counted cannot have been there. */
  async run(
    ctx: Context,
    work: UnitOfWork,
    stocktake: StocktakeRow,
    { lotId, reason, count }: StocktakeLineRow,
  ): Promise<boolean> {
    if (!count) return false;
    const { facilityId, id: stocktakeId } = stocktake;
    const difference = differenceOf(count, bookKnown(count));
    for (const posting of postingsOf(count, count.setApart, { difference, reason })) {
      const referenceId = `${count.id}/${posting.reason}`;
      const move = { ...posting, facilityId, lotId, referenceId, day: today(ctx) };
      const moveId = await this.post(ctx, work, move);
      if (!moveId) return false;
      if (posting.to === 'wasted')
        this.outbox.announce(ctx, work, stockWasted, facilityId, { facilityId, lotId, moveId });
    }
    await this.store.settle(work, stocktake, lotId, difference);
    const { vvmStage: seen } = count;
    const read = { facilityId, lotId, seen, source: 'COUNT', referenceId: stocktakeId } as const;
    if (seen !== null) await this.shelf.become(ctx, work, read, seen);
    return true;
  }

  private post(ctx: Context, work: UnitOfWork, move: Move & Posting): Promise<string | null> {
    if (move.to === 'on-hand') return this.stock.receive(ctx, work, move);
    return move.from === 'on-hand' ? this.stock.waste(ctx, work, move) : this.stock.pass(ctx, work, move);
  }
}
