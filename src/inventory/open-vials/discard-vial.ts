import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { stockWasted } from '../inventory.events';
import { InventoryStore } from '../inventory.store';
import { today } from '../stock';
import type { OpenVial } from './vial.graphql';
import { asVial } from './vial-view';
import { type VialRow, VialsStore } from './vials.store';

export interface DiscardVialInput {
  facilityId: string;
  vialId: string;
  /** A WasteReason. */
  reason: string;
}

/** What is left in an opened vial is thrown away. To throw it away again changes nothing. */
@Injectable()
export class DiscardVial {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly store: VialsStore,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for a vial that was never opened there. */
  run(ctx: Context, input: DiscardVialInput): Promise<OpenVial> {
    mayAnywhere(ctx, 'stock.waste');
    return this.database.write(ctx, async work => {
      const { facilityId, vialId } = input;
      may(ctx, 'stock.waste', await this.places.of(work, facilityId));
      const seen = await this.store.vial(work, facilityId, vialId);
      if (!seen) throw notFound();
      await this.stock.lockLots(work, facilityId, [seen.lotId]);
      const vial = (await this.store.vial(work, facilityId, vialId))!;
      if (vial.left > 0) await this.empty(ctx, work, vial, input.reason);
      return asVial(ctx, { ...vial, left: 0 });
    });
  }

  private async empty(ctx: Context, work: UnitOfWork, vial: VialRow, reason: string): Promise<void> {
    const { facilityId, lotId, sessionId, id: vialId } = vial;
    const lot = (await this.stock.lotAt(work, facilityId, lotId))!;
    // A dose told late may have been in it, and has left the shelf already.
    const doses = Math.min(vial.left, lot.doses);
    await this.store.leave(work, vial, 0);
    this.audit.record(ctx, work, {
      action: 'stock.discard-vial',
      resource: { type: 'vial', id: vialId },
      facilityId,
      detail: { lotId, doses, reason },
    });
    if (doses === 0) return;
    const moveId = await this.stock.waste(ctx, work, {
      facilityId,
      lotId,
      sessionId,
      from: 'on-hand',
      to: 'wasted',
      doses,
      reason,
      referenceId: vialId,
      day: today(ctx),
    });
    this.outbox.announce(ctx, work, stockWasted, facilityId, { facilityId, lotId, moveId: moveId! });
  }
}
