import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../common';
import { civilNow } from '../facilities';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { AppError } from '../platform/errors';
import { Outbox } from '../platform/events';
import { sessionCountReopened } from './inventory.events';
import { DrawManyStore, type ReopenedLine } from './draw-many.store';
import { InventoryStore } from './inventory.store';
import { type BoxedLot, BoxesStore } from './shipments/boxes.store';
import { SessionLinesStore } from './open-vials/session-lines.store';
import type { Lot, LotAtFacility } from './lot';
import { type DrawRefusal, refusalToDraw } from './stock-rules';
import { isVaccine } from './units/unit-rules';
import { type LotAt, WhereaboutsStore } from './whereabouts.store';

/** Doses to be taken from a lot at a facility, for a record that uses them. */
export interface Draw {
  facilityId: string;
  lotId: string;
  /** Whole doses, more than none. */
  doses: number;
  /** The record that uses them, e.g. a vaccination: it draws from a lot once. */
  referenceId: string;
  /** The country's own day on which they were used; today when left out. */
  on?: CivilDate;
  /** They have been used already: a hold that began after that day does not stand against them. */
  past?: boolean;
  /** The session that used them, which must account for them when it is counted. */
  sessionId?: string | null;
  /** No vial of the lot was open there when it was looked at: when one is by now, {@link Stock.drawAll} gives false. */
  noneOpen?: boolean;
}

/** Doses that a record drew and that it did not use after all. */
export interface Return {
  facilityId: string;
  lotId: string;
  /** As many as were drawn. */
  doses: number;
  /** The record that drew them. */
  referenceId: string;
  /** Why; a code. */
  reason: string;
}

/** How lots stand at facilities, as they were read; {@link LotAtFacility.doses} is the reader's own to run down. */
export interface Shelf {
  /** The lot, when the country has it, and how it stands at the facility, when it ever was there. */
  find: (facilityId: string, lotId: string) => { lot: Lot | null; here: LotAtFacility | null };
}

export type Drawn = { ok: true; lot: LotAtFacility } | { ok: false; refusal: DrawRefusal; lot: Lot | null };

/**
 * The door to a facility's stock for modules that use it up, in their own unit of work. Whether the caller may is for
 * the caller's verb to check.
 */
@Injectable()
export class Stock {
  constructor(
    private readonly store: InventoryStore,
    private readonly drawMany: DrawManyStore,
    private readonly lines: SessionLinesStore,
    private readonly whereaboutsStore: WhereaboutsStore,
    private readonly boxes: BoxesStore,
    private readonly outbox: Outbox,
  ) {}

  /** How a lot of a vaccine stands at a facility; null when it never was there, known elsewhere or not. */
  async lotAt(work: UnitOfWork, facilityId: string, lotId: string): Promise<LotAtFacility | null> {
    const lot = await this.store.lotAt(work, facilityId, lotId);
    return lot && isVaccine(lot) ? lot : null;
  }

  /** How these lots stand at these facilities; those of supplies as if there were none. */
  async shelf(work: UnitOfWork, wanted: readonly { facilityId: string; lotId: string }[]): Promise<Shelf> {
    const facilitiesOf = new Map<string, Set<string>>();
    for (const { facilityId, lotId } of wanted)
      facilitiesOf.set(lotId, (facilitiesOf.get(lotId) ?? new Set()).add(facilityId));
    const [anywhere, here] = await Promise.all([
      this.store.lots(work, [...facilitiesOf.keys()]),
      this.store.lotsWhere(
        work,
        [...facilitiesOf].flatMap(([lotId, facilities]) =>
          [...facilities].map(facilityId => ({ facilityId, lotId })),
        ),
      ),
    ]);
    const lots = new Map(
      anywhere.filter(isVaccine).map(lot => [lot.id, { lot, at: new Map<string, LotAtFacility>() }]),
    );
    for (const lot of here) lots.get(lot.id)?.at.set(lot.facilityId, lot);
    return {
      find: (facilityId, lotId) => {
        const known = lots.get(lotId);
        return { lot: known?.lot ?? null, here: known?.at.get(facilityId) ?? null };
      },
    };
  }

  /** Finds the lots that a facility ever had by product and number, as papers name them: the one with most doses. */
  async numbered(
    work: UnitOfWork,
    facilityId: string,
  ): Promise<(productCode: string, lotNumber: string) => string | null> {
    const rows = await this.store.lotsEverAt(work, facilityId);
    const ids = new Map(rows.map(lot => [`${lot.productCode} ${lot.lotNumber}`, lot.id]));
    return (productCode, lotNumber) => ids.get(`${productCode} ${lotNumber}`) ?? null;
  }

  /** Handling units that carry doses of a lot now, set aside or on their way. */
  boxesWith(work: UnitOfWork, lotId: string): Promise<BoxedLot[]> {
    return this.boxes.carrying(work, lotId);
  }

  /** Every facility that has doses of a lot, or to which some are on the way. */
  whereabouts(work: UnitOfWork, lotId: string): Promise<LotAt[]> {
    return this.whereaboutsStore.of(work, lotId);
  }

  /** Pieces of a lot of a supply that were used, by facility. */
  used(work: UnitOfWork, lotId: string): Promise<{ facilityId: string; pieces: number }[]> {
    return this.whereaboutsStore.used(work, lotId);
  }

  /** A lot of a vaccine, wherever it lies; null when the country has none such. */
  async vaccine(work: UnitOfWork, lotId: string): Promise<Lot | null> {
    const lot = await this.store.lot(work, lotId);
    return lot && isVaccine(lot) ? lot : null;
  }

  /** A lot of a vaccine or a supply, wherever it lies; null when the country has none such. */
  lot(work: UnitOfWork, lotId: string): Promise<Lot | null> {
    return this.store.lot(work, lotId);
  }

  /** Lots of vaccines with doses at a facility, by product, the first to expire first; a hundred at most. */
  lots(_ctx: Context, work: UnitOfWork, facilityId: string): Promise<LotAtFacility[]> {
    return this.store.lotsAt(work, facilityId, { first: 100 }, 'DOSE');
  }

  /** Takes doses to be given. Refused without a trace when the lot is on hold, expired on that day or not there. */
  async draw(ctx: Context, work: UnitOfWork, draw: Draw): Promise<Drawn> {
    const day = draw.on ?? today(ctx);
    const moved = await this.store.draw(ctx, work, {
      ...draw,
      from: 'on-hand',
      to: 'given',
      reason: 'given',
      day,
    });
    if (moved) await this.addToSession(ctx, work, draw, draw.doses);
    const lot = await this.store.lotAt(work, draw.facilityId, draw.lotId);
    if (moved && lot) return { ok: true, lot };
    // Between the two statements somebody may have filled the shelf: then it was not there when it was asked for.
    const refusal = refusalToDraw(lot, draw.doses, day, ctx.now()) ?? 'not-in-stock';
    return { ok: false, refusal, lot: lot ?? (await this.store.lot(work, draw.lotId)) };
  }

  /** As {@link draw}, for many of one country: all of them, or none and false. */
  async drawAll(work: UnitOfWork, draws: readonly { ctx: Context; draw: Draw }[]): Promise<boolean> {
    const { ctx } = draws[0]!;
    const reopened = await this.drawMany.run(
      work,
      draws.map(({ ctx, draw }) => ({
        id: ctx.newId(),
        day: draw.on ?? today(ctx),
        holdsOf: draw.past ? (draw.on ?? today(ctx)) : null,
        at: ctx.now(),
        actorId: ctx.actor.id,
        ...draw,
        sessionId: draw.sessionId ?? null,
        past: draw.past ?? false,
        noneOpen: draw.noneOpen ?? false,
      })),
      ctx.tenant!.timeZone,
    );
    for (const line of reopened ?? []) this.tellReopened(ctx, work, line);
    return reopened !== null;
  }

  /** Puts doses back that a record drew and nobody was given. Throws CONFLICT when it drew none such. */
  async giveBack(ctx: Context, work: UnitOfWork, back: Return): Promise<void> {
    const from = await this.lines.drawnBy(work, back);
    const move = { ...back, ...from, from: 'given', to: 'on-hand', day: today(ctx) } as const;
    if (!from || !(await this.store.giveBack(ctx, work, move))) throw new AppError('CONFLICT');
    if (from.vialId) await this.lines.putBack(work, back.facilityId, from.vialId, back.doses);
    await this.addToSession(ctx, work, move, -back.doses);
  }

  /** Counts doses as wasted that a record drew and that are lost. Throws CONFLICT when it drew none such. */
  async writeOff(ctx: Context, work: UnitOfWork, lost: Return): Promise<void> {
    const from = await this.lines.drawnBy(work, lost);
    const move = { ...lost, ...from, from: 'given', to: 'wasted', day: today(ctx) } as const;
    if (!from || !(await this.store.writeOff(ctx, work, move))) throw new AppError('CONFLICT');
    await this.addToSession(ctx, work, move, -lost.doses);
  }

  private async addToSession(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionId, lotId }: { facilityId: string; sessionId?: string | null; lotId: string },
    given: number,
  ): Promise<void> {
    if (!sessionId) return;
    const line = { facilityId, sessionId, lotId };
    if (await this.lines.addGiven(work, line, given)) this.tellReopened(ctx, work, line);
  }

  /** The session had been counted, and the count no longer ties out. */
  private tellReopened(ctx: Context, work: UnitOfWork, line: ReopenedLine): void {
    this.outbox.announce(ctx, work, sessionCountReopened, line.sessionId, { ...line });
  }

  /** To be called first by whoever will touch several lots of a facility in one unit of work. */
  lockLots(work: UnitOfWork, facilityId: string, lotIds: readonly string[]): Promise<void> {
    return this.store.lockLots(work, facilityId, lotIds);
  }
}

/** The country's own calendar day now. */
export const today = (ctx: Context): CivilDate => civilNow(ctx).date;
