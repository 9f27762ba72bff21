import { Injectable } from '@nestjs/common';
import { type PageRequest, pageOf } from '../common';
import { Places } from '../facilities';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { StockItem, type StockPage } from './inventory.graphql';
import { InventoryStore, keyOfLot } from './inventory.store';
import { UsedProducts } from './levels/used-products';
import type { LotAtFacility } from './lot';
import { today } from './stock';
import { stateOf } from './stock-rules';
import { amountOf } from './units/unit-rules';

/** What a facility has, lot by lot. */
@Injectable()
export class ReadStock {
  constructor(
    private readonly database: Database,
    private readonly store: InventoryStore,
    private readonly places: Places,
    private readonly products: UsedProducts,
  ) {}

  /** Throws NOT_FOUND for a facility that is not there, FORBIDDEN where the caller may not look. */
  run(ctx: Context, facilityId: string, page: PageRequest): Promise<StockPage> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const rows = pageOf(await this.store.lotsAt(work, facilityId, page), page.first, keyOfLot);
      return { ...rows, items: await this.itemsOf(ctx, work, facilityId, rows.items), asOf: ctx.now() };
    });
  }

  /** One lot at a facility that it has or had. */
  async item(ctx: Context, work: UnitOfWork, facilityId: string, lotId: string): Promise<StockItem> {
    const lot = await this.store.lotAt(work, facilityId, lotId);
    const [item] = await this.itemsOf(ctx, work, facilityId, [lot!]);
    return item!;
  }

  private async itemsOf(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    lots: readonly LotAtFacility[],
  ): Promise<StockItem[]> {
    const holds = await this.store.holdsOf(
      work,
      facilityId,
      lots.map(({ id }) => id),
    );
    const products = await this.products.all(ctx, work);
    return lots.map(lot =>
      Object.assign(new StockItem(), {
        lotId: lot.id,
        facilityId,
        productCode: lot.productCode,
        productName: products.get(lot.productCode)?.name ?? lot.productCode,
        lotNumber: lot.lotNumber,
        manufacturer: lot.manufacturer || null,
        expiresOn: lot.expiresOn,
        gtin: lot.gtin,
        ...amountOf(lot.unit, lot.doses),
        vvmStage: lot.vvmStage,
        state: stateOf(lot, today(ctx)),
        holds: holds.filter(hold => hold.lotId === lot.id),
      }),
    );
  }
}
