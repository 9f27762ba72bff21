import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { stockRequested } from '../inventory.events';
import { ReadLevels } from '../levels/read-levels';
import { UsedProducts } from '../levels/used-products';
import { Counts } from '../units/counts';
import type { CountedProduct } from '../units/unit-rules';
import { ReadRequisitions } from './read-requisitions';
import type { RequestStockResult } from './requisition.graphql';
import { type AskedLine, type ProposedLine, unexplained } from './requisition-rules';
import { RequisitionRefusals } from './requisitions.refusals';
import { RequisitionsStore } from './requisitions.store';

export interface RequestStockInput {
  idempotencyKey: string;
  /** Who asks. */
  facilityId: string;
  /** Who is asked. */
  supplierId: string;
  products: readonly (CountedProduct & Pick<AskedLine, 'reason'>)[];
}

/** A facility asks another for stock: what its levels propose, or something else with a reason. */
@Injectable()
export class RequestStock {
  constructor(
    private readonly database: Database,
    private readonly store: RequisitionsStore,
    private readonly places: Places,
    private readonly levels: ReadLevels,
    private readonly products: UsedProducts,
    private readonly counts: Counts,
    private readonly read: ReadRequisitions,
    private readonly refusals: RequisitionRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws INVALID_INPUT for a product named twice or not in use, and for the facility itself. */
  run(ctx: Context, input: RequestStockInput): Promise<typeof RequestStockResult> {
    mayAnywhere(ctx, 'stock.request');
    const { facilityId, supplierId, products } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.request', await this.places.of(work, facilityId));
        await this.places.of(work, supplierId);
        if (supplierId === facilityId) throw invalid('supplierId', 'inventory.invalid.sameFacility');
        if (new Set(products.map(({ productCode }) => productCode)).size < products.length)
          throw invalid('products', 'inventory.invalid.productTwice');
        const made = await once(ctx, work, input.idempotencyKey, input, () => this.ask(ctx, work, input));
        return this.read.one(ctx, work, facilityId, made!.id);
      }),
    );
  }

  private async ask(ctx: Context, work: UnitOfWork, input: RequestStockInput): Promise<string> {
    const { facilityId, supplierId } = input;
    const lines = await this.lines(ctx, work, input);
    const silent = unexplained(lines);
    if (silent.length > 0) throw new Refused(this.refusals.needsReason(ctx, silent));
    const requisitionId = await this.store.add(ctx, work, { facilityId, supplierId }, lines);
    this.audit.record(ctx, work, {
      action: 'stock.request',
      resource: { type: 'requisition', id: requisitionId },
      facilityId,
      detail: { supplierId, products: lines.length },
    });
    this.outbox.announce(ctx, work, stockRequested, facilityId, { facilityId, requisitionId, supplierId });
    return requisitionId;
  }

  /** What is asked for, beside what there is and what the levels come to at this moment. */
  private async lines(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, products }: RequestStockInput,
  ): Promise<(AskedLine & ProposedLine)[]> {
    const known = new Map(
      (await this.levels.all(ctx, work, facilityId)).map(level => [level.productCode, level]),
    );
    const inUse = await this.products.all(ctx, work);
    return (await this.counts.ofProducts(ctx, work, products)).map(line => {
      if (!inUse.get(line.productCode)?.active) throw invalid('products', 'inventory.invalid.product');
      const level = known.get(line.productCode);
      const { usable = 0, onTheWay = 0, toAskFor = null } = level ?? {};
      return { ...line, usable, onTheWay, proposed: toAskFor };
    });
  }
}
