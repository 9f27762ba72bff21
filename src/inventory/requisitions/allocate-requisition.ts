import { Injectable } from '@nestjs/common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { AllocateStock } from '../shipments/allocate-stock';
import type { AllocateStockResult } from '../shipments/shipment.graphql';
import { asShipment } from '../shipments/shipment-view';
import { ShipmentsStore } from '../shipments/shipments.store';
import type { RequisitionInput } from './cancel-requisition';
import { RequisitionsStore } from './requisitions.store';

/** What was granted is set aside, first expired, first out. It goes on as any shipment does. */
@Injectable()
export class AllocateRequisition {
  constructor(
    private readonly database: Database,
    private readonly store: RequisitionsStore,
    private readonly shipments: ShipmentsStore,
    private readonly stock: AllocateStock,
    private readonly places: Places,
  ) {}

  /**
   * To allocate again gives the same shipment; after that was cancelled, another. All that was granted, or nothing: whoever
   * supplies grants less where there is too little. Throws NOT_FOUND, STATE_FORBIDS for one that is not approved.
   */
  run(ctx: Context, { facilityId, requisitionId }: RequisitionInput): Promise<typeof AllocateStockResult> {
    mayAnywhere(ctx, 'stock.despatch');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        await this.store.lock(work, facilityId, requisitionId);
        const requisition = await this.store.requisition(work, facilityId, requisitionId);
        if (!requisition) throw notFound();
        const { supplierId, state, lines } = requisition;
        may(ctx, 'stock.despatch', await this.places.of(work, supplierId));
        if (state !== 'APPROVED' && !requisition.shipmentId) throw new AppError('STATE_FORBIDS', { state });
        const shipmentId =
          requisition.shipmentId ??
          (await this.stock.setAside(ctx, work, {
            facilityId: supplierId,
            toFacilityId: facilityId,
            requisitionId,
            products: lines
              .map(({ productCode, approved }) => ({ productCode, doses: approved! }))
              .filter(({ doses }) => doses > 0),
          }));
        return asShipment((await this.shipments.shipment(work, supplierId, shipmentId))!);
      }),
    );
  }
}
