import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { requisitionCancelled } from '../inventory.events';
import { ReadRequisitions } from './read-requisitions';
import type { StockRequisition } from './requisition.graphql';
import { RequisitionsStore } from './requisitions.store';

export interface RequisitionInput {
  /** Who asks. */
  facilityId: string;
  requisitionId: string;
}

/** What was asked for is not wanted any more, and no stock has been set aside for it. */
@Injectable()
export class CancelRequisition {
  constructor(
    private readonly database: Database,
    private readonly store: RequisitionsStore,
    private readonly places: Places,
    private readonly read: ReadRequisitions,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** To cancel again changes nothing. Throws NOT_FOUND, STATE_FORBIDS once it is refused or stock is set aside for it. */
  run(ctx: Context, { facilityId, requisitionId }: RequisitionInput): Promise<StockRequisition> {
    mayAnywhere(ctx, 'stock.request');
    return this.database.write(ctx, async work => {
      may(ctx, 'stock.request', await this.places.of(work, facilityId));
      await this.store.lock(work, facilityId, requisitionId);
      const requisition = await this.store.requisition(work, facilityId, requisitionId);
      if (!requisition) throw notFound();
      const { state, supplierId } = requisition;
      if (!['REQUESTED', 'APPROVED', 'CANCELLED'].includes(state))
        throw new AppError('STATE_FORBIDS', { state });
      if (state !== 'CANCELLED') {
        await this.store.setState(work, requisition, 'CANCELLED');
        this.audit.record(ctx, work, {
          action: 'stock.cancel-requisition',
          resource: { type: 'requisition', id: requisitionId },
          facilityId,
        });
        const fact = { facilityId, requisitionId, supplierId };
        this.outbox.announce(ctx, work, requisitionCancelled, facilityId, fact);
      }
      return this.read.one(ctx, work, facilityId, requisitionId);
    });
  }
}
