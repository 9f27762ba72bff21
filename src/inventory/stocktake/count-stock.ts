import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilDayOf } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Frost } from '../frost';
import { InventoryStore } from '../inventory.store';
import type { Lot } from '../lot';
import { countOrThrow } from '../units/counts';
import { type Counted as ToldAmount, fitsUnit } from '../units/unit-rules';
import { ReadStocktakes } from './read-stocktakes';
import { SetApart } from './set-apart';
import { asFit, type Counted, toSetApart } from './stocktake-rules';
import type { Stocktake } from './stocktake.graphql';
import { type StocktakeRow, StocktakeStore } from './stocktake.store';

/** What somebody counted of a lot: fit for use, what is in opened vials too. */
export interface ToldLot extends ToldAmount {
  lotId: string;
  /** The worst stage of the vial monitors of these, 1 or 2. */
  vvmStage?: number | null;
  /** By reason, a WasteReason other than MISSING. */
  unfit: readonly (ToldAmount & { reason: string })[];
}

/** {@link ToldLot} in the unit of the lot. */
interface CountedLot extends Counted {
  lot: Lot;
  vvmStage: number | null;
}

export interface CountStockInput {
  idempotencyKey: string;
  facilityId: string;
  stocktakeId: string;
  /** When it was counted; now when left out. */
  countedAt?: Date | null;
  lots: readonly ToldLot[];
}

/**
 * Somebody counted lots, without seeing the book. Each is compared with the ledger of that moment, so that what moves
 * meanwhile does not matter; what is unfit leaves the shelf at once. A lot counted again replaces its earlier count.
 */
@Injectable()
export class CountStock {
  constructor(
    private readonly database: Database,
    private readonly store: StocktakeStore,
    private readonly stock: InventoryStore,
    private readonly setApart: SetApart,
    private readonly frost: Frost,
    private readonly places: Places,
    private readonly read: ReadStocktakes,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND, STATE_FORBIDS when it is not being counted any more, INVALID_INPUT for a lot that the country
   * does not know or that is not among its products, and for a time before it began or in the future.
   */
  async run(ctx: Context, input: CountStockInput): Promise<Stocktake> {
    mayAnywhere(ctx, 'stocktake.count');
    const bears = await this.frost.bearing(ctx);
    const { facilityId, stocktakeId } = input;
    return this.database.write(ctx, async work => {
      may(ctx, 'stocktake.count', await this.places.of(work, facilityId));
      const stocktake = await this.store.lock(work, facilityId, stocktakeId);
      if (!stocktake) throw notFound();
      await once(ctx, work, input.idempotencyKey, input, async () => {
        if (stocktake.state !== 'OPEN') throw new AppError('STATE_FORBIDS', { state: stocktake.state });
        const counted = await this.lotsOf(work, stocktake, input.lots, bears);
        await this.count(ctx, work, stocktake, counted, input.countedAt ?? null);
        return stocktakeId;
      });
      return this.read.of(work, (await this.store.one(work, facilityId, stocktakeId))!);
    });
  }

  private async count(
    ctx: Context,
    work: UnitOfWork,
    stocktake: StocktakeRow,
    counted: readonly CountedLot[],
    countedAt: Date | null,
  ): Promise<void> {
    if (countedAt && (countedAt < stocktake.openedAt || countedAt > ctx.now()))
      throw invalid('countedAt', 'inventory.invalid.countedAt');
    const lotIds = counted.map(({ lot }) => lot.id).sort();
    await this.stock.lockLots(work, stocktake.facilityId, lotIds);
    const before = new Map((await this.store.lines(work, stocktake)).map(line => [line.lotId, line.count]));
    await this.store.addLines(work, stocktake, lotIds);
    for (const one of counted.toSorted((a, b) => (a.lot.id < b.lot.id ? -1 : 1))) {
      const earlier = before.get(one.lot.id);
      if (earlier) await this.setApart.putBack(ctx, work, { ...stocktake, lotId: one.lot.id }, earlier);
      await this.enter(ctx, work, stocktake, one, countedAt);
    }
    await this.store.bump(work, stocktake);
    this.audit.record(ctx, work, {
      action: 'stocktake.count',
      resource: { type: 'stocktake', id: stocktake.id },
      facilityId: stocktake.facilityId,
      detail: { lots: counted.length },
    });
  }

  /** The lots that were counted, each once, each one that may be counted here, unfit for reasons that there are. */
  private async lotsOf(
    work: UnitOfWork,
    { productCodes }: StocktakeRow,
    counted: readonly ToldLot[],
    bears: Awaited<ReturnType<Frost['bearing']>>,
  ): Promise<CountedLot[]> {
    const ids = counted.map(({ lotId }) => lotId);
    const lots = new Map((await this.stock.lots(work, ids)).map(lot => [lot.id, lot]));
    if (new Set(ids).size < ids.length) throw invalid('lots', 'inventory.invalid.lotTwice');
    return counted.map(({ lotId, unfit, vvmStage = null, ...told }) => {
      const lot = lots.get(lotId);
      if (!lot || (productCodes && !productCodes.includes(lot.productCode)))
        throw invalid('lots', 'inventory.invalid.lotNotCounted');
      const reasons = unfit.map(({ reason }) => reason);
      if (new Set(reasons).size < reasons.length) throw invalid('lots', 'inventory.invalid.reasonTwice');
      if (reasons.includes('MISSING')) throw invalid('lots', 'inventory.invalid.missingIsNotCounted');
      if (bears(lot.productCode, reasons)) throw invalid('lots', 'inventory.invalid.bearsFreezing');
      if (!fitsUnit(lot.unit, { vvmStage, reasons })) throw invalid('lots', 'inventory.invalid.onlyVaccines');
      const count = (said: ToldAmount): number => countOrThrow(lot.unit, said, 'lots');
      const byReason = Object.fromEntries(unfit.map(one => [one.reason, count(one)]));
      return { lot, vvmStage, doses: count(told), unfit: byReason };
    });
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    stocktake: StocktakeRow,
    { lot: { id: lotId, expiresOn }, doses, vvmStage, unfit }: CountedLot,
    at: Date | null,
  ): Promise<void> {
    const countedAt = at ?? ctx.now();
    const countedOn = civilDayOf(countedAt, ctx.tenant!.timeZone);
    const counted = asFit({ doses, unfit }, expiresOn, countedOn);
    const book = await this.store.bookOf(work, stocktake, { lotId, at, day: countedOn });
    const shelf = await this.stock.lotAt(work, stocktake.facilityId, lotId);
    const setApart = toSetApart(counted.unfit, shelf?.doses ?? 0);
    const id = ctx.newId();
    const count = { ...counted, ...book, id, setApart, countedAt, countedOn };
    await this.store.addCount(ctx, work, stocktake, lotId, {
      ...count,
      vvmStage: counted.doses > 0 ? vvmStage : null,
    });
    await this.setApart.takeOff(ctx, work, { ...stocktake, lotId }, count);
  }
}
