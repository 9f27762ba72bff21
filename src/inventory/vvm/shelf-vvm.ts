import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { InventoryStore } from '../inventory.store';
import { Quarantine } from '../quarantine';
import { isAtDiscardPoint, stageAfterArrival } from './vvm-rules';
import { type VvmSource, VvmStore } from './vvm.store';

/** What was seen of a lot's vial monitors at a place. */
export interface SeenVvm {
  facilityId: string;
  lotId: string;
  /** The worst stage that was seen, 1 to 4; null: nobody looked. */
  seen: number | null;
  source: VvmSource;
  /** The record it was seen for; null: none. */
  referenceId: string | null;
}

/**
 * Keeps the worst stage of a lot at a place. At the discard point it places a hold there, which is what keeps the lot from
 * being allocated, despatched and given: one rule for all that is unfit (`refusalToDraw`). The lot's stock must be locked.
 */
@Injectable()
export class ShelfVvm {
  constructor(
    private readonly store: VvmStore,
    private readonly stock: InventoryStore,
    private readonly quarantine: Quarantine,
  ) {}

  /** So many doses have just come onto the shelf, fit for use as far as anybody looked. */
  async arrived(ctx: Context, work: UnitOfWork, seen: SeenVvm, doses: number): Promise<void> {
    const { facilityId, lotId } = seen;
    const { doses: now, vvmStage: stage } = (await this.stock.lotAt(work, facilityId, lotId))!;
    if (seen.seen === null && stage === null) return;
    const setAside = await this.quarantine.dosesSetAside(work, facilityId, lotId);
    const shelf = stageAfterArrival({ doses: now - doses, setAside, stage }, seen.seen);
    await this.become(ctx, work, seen, shelf);
  }

  /** The shelf is at this stage from now on. */
  async become(ctx: Context, work: UnitOfWork, seen: SeenVvm, shelf: number | null): Promise<void> {
    const { facilityId, lotId } = seen;
    const last = await this.store.last(work, facilityId, lotId);
    const held = last?.holdId ?? null;
    let holdId = isAtDiscardPoint(shelf) ? held : null;
    if (isAtDiscardPoint(shelf) && !held)
      holdId = await this.quarantine.hold(ctx, work, {
        facilityId,
        lotId,
        reason: 'VVM_CHANGED',
        endedBy: 'VVM',
      });
    if (held && !holdId)
      await this.quarantine.release(ctx, work, { facilityId, lotId, holdId: held }, 'CLEARED');
    await this.store.add(ctx, work, { ...seen, number: (last?.number ?? 0) + 1, shelf, holdId });
  }
}
