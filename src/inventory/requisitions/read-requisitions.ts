import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest, pageOf } from '../../common';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { type UsedProduct, UsedProducts } from '../levels/used-products';
import type { ShipmentWay } from '../shipments/shipment.graphql';
import { RequisitionLine, StockRequisition, StockRequisitionPage } from './requisition.graphql';
import { type RequisitionRow, RequisitionsStore } from './requisitions.store';

/** What a facility asks for, or is asked for. */
@Injectable()
export class ReadRequisitions {
  constructor(
    private readonly database: Database,
    private readonly store: RequisitionsStore,
    private readonly places: Places,
    private readonly products: UsedProducts,
  ) {}

  run(ctx: Context, facilityId: string, way: ShipmentWay, page: PageRequest): Promise<StockRequisitionPage> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const after = page.after ? decodeCursor(page.after) : null;
      const before = after && isId(after) ? after : null;
      const found = await this.store.requisitions(work, facilityId, way, { before, limit: page.first + 1 });
      const { items, endCursor } = pageOf(found, page.first, ({ id }) => id);
      const products = await this.products.all(ctx, work);
      return Object.assign(new StockRequisitionPage(), {
        items: items.map(row => asRequisition(row, products)),
        endCursor,
      });
    });
  }

  /** One that is there. */
  async one(ctx: Context, work: UnitOfWork, facilityId: string, id: string): Promise<StockRequisition> {
    const row = (await this.store.requisition(work, facilityId, id))!;
    return asRequisition(row, await this.products.all(ctx, work));
  }
}

const asRequisition = (row: RequisitionRow, products: ReadonlyMap<string, UsedProduct>): StockRequisition =>
  Object.assign(new StockRequisition(), row, {
    lines: row.lines.map(line =>
      Object.assign(new RequisitionLine(), line, {
        productName: products.get(line.productCode)?.name ?? line.productCode,
        unit: products.get(line.productCode)?.unit ?? 'DOSE',
      }),
    ),
  });
