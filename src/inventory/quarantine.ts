import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { civilDayOf } from '../common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { AppError } from '../platform/errors';
import { Outbox } from '../platform/events';
import { lotHeld, lotReleased, stockWasted } from './inventory.events';
import { type HoldEnd, InventoryStore } from './inventory.store';
import { type BoxedLot, BoxesStore } from './shipments/boxes.store';
import { VialsStore } from './open-vials/vials.store';
import { type LotOnTheWay, type LotPresent, type LotSentOn, QuarantineStore } from './quarantine.store';
import { today } from './stock';
import { isVaccine } from './units/unit-rules';

/** A hold of a lot at one place. */
export interface PlacedHold {
  facilityId: string;
  lotId: string;
  holdId: string;
}

/**
 * The door for modules that keep stock apart until somebody has decided on it, in their own unit of work. Whether the
 * caller may is for the caller's verb to check.
 */
@Injectable()
export class Quarantine {
  constructor(
    private readonly store: QuarantineStore,
    private readonly stock: InventoryStore,
    private readonly vials: VialsStore,
    private readonly boxes: BoxesStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Lots of these products of which a facility had some between two instants, also those that are gone now. */
  present(
    ctx: Context,
    work: UnitOfWork,
    asked: { facilityId: string; productCodes: readonly string[]; from: Date; to: Date },
  ): Promise<LotPresent[]> {
    return this.store.present(work, { ...asked, toDay: civilDayOf(asked.to, ctx.tenant!.timeZone) });
  }

  /** Whole doses of these lots on hand at a facility, by lot; one that never was there has no entry. */
  async onHand(
    work: UnitOfWork,
    facilityId: string,
    lotIds: readonly string[],
  ): Promise<Map<string, number>> {
    const rows = await this.stock.lotsWhere(
      work,
      lotIds.map(lotId => ({ facilityId, lotId })),
    );
    return new Map(rows.map(({ id, doses }) => [id, doses]));
  }

  /** Where doses of these lots went from a facility since an instant. */
  sentOn(work: UnitOfWork, facilityId: string, lotIds: readonly string[], since: Date): Promise<LotSentOn[]> {
    return this.store.sentOn(work, facilityId, lotIds, since);
  }

  /** What these handling units carry or carried of shipments of vaccines: nothing else has a temperature to keep. */
  async inBoxes(work: UnitOfWork, unitIds: readonly string[]): Promise<BoxedLot[]> {
    return (await this.boxes.inUnits(work, unitIds)).filter(isVaccine);
  }

  /** Boxes of shipments that were said to stand in these units. */
  saidToBeIn(work: UnitOfWork, unitIds: readonly string[]): Promise<BoxedLot[]> {
    return this.boxes.saidToBeIn(work, unitIds);
  }

  /** Doses of these lots that are on their way to a facility, shipment by shipment. */
  onTheWay(work: UnitOfWork, facilityId: string, lotIds: readonly string[]): Promise<LotOnTheWay[]> {
    return this.store.onTheWay(work, facilityId, lotIds);
  }

  /** Ids of shipments that have not left and in which doses of these lots are set aside. */
  setAside(work: UnitOfWork, facilityId: string, lotIds: readonly string[]): Promise<string[]> {
    return this.store.setAside(work, facilityId, lotIds);
  }

  /** Whole doses of a lot set aside there for shipments that have not left. */
  dosesSetAside(work: UnitOfWork, facilityId: string, lotId: string): Promise<number> {
    return this.store.dosesSetAside(work, facilityId, lotId);
  }

  /** From the commit on no dose of the lot is allocated, despatched or given there. The hold's id. */
  async hold(
    ctx: Context,
    work: UnitOfWork,
    hold: { facilityId: string; lotId: string; reason: string; endedBy: HoldEnd },
  ): Promise<string> {
    const { facilityId, lotId, reason } = hold;
    const holdId = await this.stock.addHold(ctx, work, hold);
    this.record(ctx, work, { facilityId, lotId }, { holdId, reason });
    this.outbox.announce(ctx, work, lotHeld, lotId, { lotId, holdId, facilityId });
    return holdId;
  }

  /** Ends one hold; others of the lot stand. To end it again changes nothing. */
  async release(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, lotId, holdId }: PlacedHold,
    reason: string,
  ): Promise<void> {
    const hold = await this.stock.hold(work, lotId, holdId);
    if (!hold || !(await this.stock.releaseHold(ctx, work, hold, reason))) return;
    this.record(ctx, work, { facilityId, lotId }, { holdId, released: reason });
    this.outbox.announce(ctx, work, lotReleased, lotId, { lotId, holdId, facilityId });
  }

  /**
   * All that a facility has of a lot is thrown away, what is left in opened vials for the session that opened them. The
   * whole doses that were. `referenceId`: what it was decided by; it discards a lot once.
   */
  async discard(
    ctx: Context,
    work: UnitOfWork,
    gone: { facilityId: string; lotId: string; reason: string; referenceId: string },
  ): Promise<number> {
    const { facilityId, lotId, reason } = gone;
    await this.stock.lockLots(work, facilityId, [lotId]);
    const here = await this.stock.lotAt(work, facilityId, lotId);
    let left = here?.doses ?? 0;
    const move = { facilityId, lotId, from: 'on-hand', to: 'wasted', reason, day: today(ctx) } as const;
    for (const vial of await this.store.openVials(work, facilityId, lotId)) {
      const doses = Math.min(vial.left, left);
      left -= doses;
      await this.vials.leave(work, { facilityId, id: vial.id }, 0);
      if (doses > 0)
        await this.waste(ctx, work, { ...move, doses, sessionId: vial.sessionId, referenceId: vial.id });
    }
    if (left > 0) await this.waste(ctx, work, { ...move, doses: left, referenceId: gone.referenceId });
    return here?.doses ?? 0;
  }

  private async waste(
    ctx: Context,
    work: UnitOfWork,
    move: Parameters<InventoryStore['waste']>[2],
  ): Promise<void> {
    const { facilityId, lotId, doses, reason } = move;
    const moveId = await this.stock.waste(ctx, work, move);
    if (!moveId) throw new AppError('CONFLICT'); // the row is locked: they were there
    this.audit.record(ctx, work, {
      action: 'stock.waste',
      resource: { type: 'lot', id: lotId },
      facilityId,
      detail: { doses, reason },
    });
    this.outbox.announce(ctx, work, stockWasted, facilityId, { facilityId, lotId, moveId });
  }

  private record(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, lotId }: { facilityId: string; lotId: string },
    detail: Record<string, unknown>,
  ): void {
    const resource = { type: 'lot', id: lotId };
    this.audit.record(ctx, work, { action: 'stock.hold', resource, facilityId, detail });
  }
}
