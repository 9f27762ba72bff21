import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest, pageOf } from '../../common';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { type ShipmentWay, StockShipmentPage } from './shipment.graphql';
import { asShipment } from './shipment-view';
import { ShipmentsStore } from './shipments.store';

/** Shipments that a facility sends, or that come to it. */
@Injectable()
export class ReadShipments {
  constructor(
    private readonly database: Database,
    private readonly store: ShipmentsStore,
    private readonly places: Places,
  ) {}

  run(ctx: Context, facilityId: string, way: ShipmentWay, page: PageRequest): Promise<StockShipmentPage> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const after = page.after ? decodeCursor(page.after) : null;
      const before = after && isId(after) ? after : null;
      const found = await this.store.shipments(work, facilityId, way, { before, limit: page.first + 1 });
      const { items, endCursor } = pageOf(found, page.first, ({ id }) => id);
      return Object.assign(new StockShipmentPage(), { items: items.map(asShipment), endCursor });
    });
  }
}
