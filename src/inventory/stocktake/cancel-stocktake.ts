import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { InventoryStore } from '../inventory.store';
import { ReadStocktakes } from './read-stocktakes';
import { SetApart } from './set-apart';
import type { Stocktake } from './stocktake.graphql';
import { type StocktakeRow, StocktakeStore } from './stocktake.store';

export interface StocktakeInput {
  facilityId: string;
  stocktakeId: string;
}

/** A count that nobody will finish. What it found unfit stays off the shelf: it is wasted. */
@Injectable()
export class CancelStocktake {
  constructor(
    private readonly database: Database,
    private readonly store: StocktakeStore,
    private readonly stock: InventoryStore,
    private readonly setApart: SetApart,
    private readonly places: Places,
    private readonly read: ReadStocktakes,
    private readonly audit: AuditTrail,
  ) {}

  /** To cancel it again changes nothing. Throws NOT_FOUND, STATE_FORBIDS when it was approved. */
  run(ctx: Context, { facilityId, stocktakeId }: StocktakeInput): Promise<Stocktake> {
    mayAnywhere(ctx, 'stocktake.count');
    return this.database.write(ctx, async work => {
      may(ctx, 'stocktake.count', await this.places.of(work, facilityId));
      const stocktake = await this.store.lock(work, facilityId, stocktakeId);
      if (!stocktake) throw notFound();
      if (stocktake.state === 'APPROVED') throw new AppError('STATE_FORBIDS', { state: stocktake.state });
      if (stocktake.state !== 'CANCELLED') await this.cancel(ctx, work, stocktake);
      return this.read.of(work, (await this.store.one(work, facilityId, stocktakeId))!);
    });
  }

  private async cancel(ctx: Context, work: UnitOfWork, stocktake: StocktakeRow): Promise<void> {
    const { facilityId, id } = stocktake;
    const lines = await this.store.lines(work, stocktake);
    await this.stock.lockLots(
      work,
      facilityId,
      lines.map(({ lotId }) => lotId),
    );
    for (const { lotId, count } of lines)
      if (count) await this.setApart.giveUp(ctx, work, { facilityId, lotId }, count);
    await this.store.decide(ctx, work, stocktake, 'CANCELLED');
    this.audit.record(ctx, work, {
      action: 'stocktake.cancel',
      resource: { type: 'stocktake', id },
      facilityId,
    });
  }
}
