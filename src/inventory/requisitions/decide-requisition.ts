import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { requisitionDecided } from '../inventory.events';
import { Counts } from '../units/counts';
import type { CountedProduct } from '../units/unit-rules';
import { ReadRequisitions } from './read-requisitions';
import type { DecideRequisitionResult } from './requisition.graphql';
import { type GrantedLine, grantFault, sameGrant } from './requisition-rules';
import { RequisitionRefusals } from './requisitions.refusals';
import { type RequisitionRow, RequisitionsStore } from './requisitions.store';

export interface DecideRequisitionInput {
  /** Who asks. */
  facilityId: string;
  requisitionId: string;
  products: readonly (CountedProduct & Pick<GrantedLine, 'reason'>)[];
}

/** Whoever supplies grants what is asked for: all, part or nothing. Not the person who asked (ROLES.md §3). */
@Injectable()
export class DecideRequisition {
  constructor(
    private readonly database: Database,
    private readonly store: RequisitionsStore,
    private readonly places: Places,
    private readonly counts: Counts,
    private readonly read: ReadRequisitions,
    private readonly refusals: RequisitionRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The same decision again changes nothing; another takes its place until stock is set aside for it. Throws NOT_FOUND,
   * STATE_FORBIDS for one that was cancelled or allocated, INVALID_INPUT for a decision that cannot stand.
   */
  run(ctx: Context, input: DecideRequisitionInput): Promise<typeof DecideRequisitionResult> {
    mayAnywhere(ctx, 'stock.approve');
    const { facilityId, requisitionId } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        await this.store.lock(work, facilityId, requisitionId);
        const requisition = await this.store.requisition(work, facilityId, requisitionId);
        if (!requisition) throw notFound();
        may(ctx, 'stock.approve', await this.places.of(work, requisition.supplierId));
        const products = await this.counts.ofProducts(ctx, work, input.products);
        const fault = grantFault(requisition.lines, products);
        if (fault) throw invalid('products', `inventory.invalid.${fault}`);
        if (requisition.decidedAt === null || !sameGrant(requisition.lines, products))
          await this.decide(ctx, work, requisition, products);
        return this.read.one(ctx, work, facilityId, requisitionId);
      }),
    );
  }

  private async decide(
    ctx: Context,
    work: UnitOfWork,
    requisition: RequisitionRow,
    products: readonly GrantedLine[],
  ): Promise<void> {
    const { id, facilityId, supplierId, state, askedBy } = requisition;
    if (!['REQUESTED', 'APPROVED', 'REFUSED'].includes(state)) throw new AppError('STATE_FORBIDS', { state });
    if (askedBy === (ctx.actor.id ?? ctx.actor.kind)) throw new Refused(this.refusals.secondPerson(ctx));
    const approved = products.some(({ doses }) => doses > 0);
    await this.store.decide(ctx, work, requisition, approved ? 'APPROVED' : 'REFUSED', products);
    this.audit.record(ctx, work, {
      action: 'stock.decide-requisition',
      resource: { type: 'requisition', id },
      facilityId: supplierId,
      detail: { for: facilityId, approved },
    });
    const fact = { facilityId, requisitionId: id, supplierId, approved };
    this.outbox.announce(ctx, work, requisitionDecided, facilityId, fact);
  }
}
