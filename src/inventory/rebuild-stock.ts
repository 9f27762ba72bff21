import { Injectable } from '@nestjs/common';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { RebuildStockStore, type StockDifference } from './rebuild-stock.store';

/** Holds what is on hand against the ledger, which is the truth. For those who run the service. */
@Injectable()
export class RebuildStock {
  constructor(
    private readonly database: Database,
    private readonly store: RebuildStockStore,
  ) {}

  /** Where projection and ledger differ; empty when all is well. Changes nothing. */
  async compare(ctx: Context): Promise<StockDifference[]> {
    may(ctx, 'stock.rebuild');
    const facilities = await this.database.read(ctx, work => this.store.facilitiesWithStock(work));
    const found: StockDifference[] = [];
    for (const facilityId of facilities)
      found.push(...(await this.database.read(ctx, work => this.store.differences(work, facilityId))));
    return found;
  }

  /** Makes the projection what the ledger says, facility by facility while work goes on elsewhere; what it put right. */
  async run(ctx: Context): Promise<StockDifference[]> {
    const found: StockDifference[] = [];
    for (const facilityId of new Set((await this.compare(ctx)).map(difference => difference.facilityId))) {
      await this.database.write(ctx, async work => {
        await this.store.lockStock(work, facilityId);
        found.push(...(await this.store.differences(work, facilityId)));
        await this.store.project(work, facilityId);
      });
    }
    return found;
  }
}
