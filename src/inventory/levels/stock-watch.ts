import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import { FiguresStore, type StockOutsRow } from './figures.store';

/**
 * The door for those who watch more than stock, in their own unit of work. Whether the caller may is for the caller's
 * verb to check.
 */
@Injectable()
export class StockWatch {
  constructor(private readonly store: FiguresStore) {}

  /** What has run out in each area right below this one (null: the country); `asOf` null before the first round. */
  async stockOuts(
    work: UnitOfWork,
    areaId: string | null,
  ): Promise<{ asOf: Date | null; areas: StockOutsRow[] }> {
    const asOf = await this.store.asOf(work);
    return { asOf, areas: await this.store.stockOuts(work, areaId) };
  }
}
