import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { StockItem } from '../inventory.graphql';
import { InventoryStore } from '../inventory.store';
import type { LotAtFacility } from '../lot';
import { isVaccine } from '../units/unit-rules';
import { ReadStock } from '../read-stock';
import { ShelfVvm } from './shelf-vvm';
import { mayRead } from './vvm-rules';
import { type VvmNeedsSecondPerson, VvmRefusals } from './vvm.refusals';
import { VvmStore } from './vvm.store';

export interface RecordVvmInput {
  idempotencyKey: string;
  facilityId: string;
  lotId: string;
  /** 1 to 4. */
  stage: number;
}

/** Somebody looked at the vial monitors of a lot. At the discard point nothing of it is used there from the commit on. */
@Injectable()
export class RecordVvm {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly store: VvmStore,
    private readonly shelf: ShelfVvm,
    private readonly places: Places,
    private readonly read: ReadStock,
    private readonly refusals: VvmRefusals,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for a lot that the facility never had, and for a supply's. */
  run(ctx: Context, input: RecordVvmInput): Promise<StockItem | VvmNeedsSecondPerson> {
    mayAnywhere(ctx, 'stock.read-vvm');
    const { facilityId, lotId } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.read-vvm', await this.places.of(work, facilityId));
        await this.stock.lockLots(work, facilityId, [lotId]);
        const lot = await this.stock.lotAt(work, facilityId, lotId);
        if (!lot || !isVaccine(lot)) throw notFound();
        await once(ctx, work, input.idempotencyKey, input, () => this.take(ctx, work, lot, input.stage));
        return this.read.item(ctx, work, facilityId, lotId);
      }),
    );
  }

  private async take(ctx: Context, work: UnitOfWork, lot: LotAtFacility, stage: number): Promise<string> {
    const { facilityId, id: lotId } = lot;
    const last = await this.store.last(work, facilityId, lotId);
    const standing = { stage: lot.vvmStage, readBy: last?.readBy ?? null };
    if (!mayRead(standing, stage, ctx.actor.id ?? ctx.actor.kind))
      throw new Refused(this.refusals.secondPerson(ctx, lot));
    const seen = { facilityId, lotId, seen: stage, source: 'CHECK', referenceId: null } as const;
    await this.shelf.become(ctx, work, seen, stage);
    this.audit.record(ctx, work, {
      action: 'stock.read-vvm',
      resource: { type: 'lot', id: lotId },
      facilityId,
      detail: { stage },
    });
    return lotId;
  }
}
