import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import type { CivilDate } from '../common';
import { Places } from '../facilities';
import { may, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, once, type UnitOfWork } from '../platform/database';
import { invalid } from '../platform/errors';
import { Outbox } from '../platform/events';
import { Texts } from '../platform/i18n';
import { Programmes } from '../programmes';
import { stockReceived, stockWasted } from './inventory.events';
import type { StockItem } from './inventory.graphql';
import { LotDiffers, type LotExpired, LotRefusals } from './inventory.refusals';
import { InventoryStore, type Move } from './inventory.store';
import { UsedProducts } from './levels/used-products';
import { type Lot, NEVER } from './lot';
import { ReadStock } from './read-stock';
import { today } from './stock';
import { isGtin } from './stock-rules';
import { countOrThrow } from './units/counts';
import { type Counted, fitsUnit, type StockUnit } from './units/unit-rules';
import { ShelfVvm } from './vvm/shelf-vvm';
import { isAtDiscardPoint } from './vvm/vvm-rules';

export interface ReceiveStockInput extends Counted {
  idempotencyKey: string;
  facilityId: string;
  productCode: string;
  lotNumber: string;
  manufacturer?: string | null;
  /** Left out only for a supply that does not expire. */
  expiresOn?: CivilDate | null;
  gtin?: string | null;
  receivedOn?: CivilDate | null;
  deliveryNote?: string | null;
  /** The worst stage of the vial monitors, 1 to 4. */
  vvmStage?: number | null;
}

/** Doses or pieces of a lot come to a facility from outside. A lot that the country did not know is known from now on. */
@Injectable()
export class ReceiveStock {
  constructor(
    private readonly database: Database,
    private readonly store: InventoryStore,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly products: UsedProducts,
    private readonly read: ReadStock,
    private readonly refusals: LotRefusals,
    private readonly texts: Texts,
    private readonly shelf: ShelfVvm,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws INVALID_INPUT for a product that is not in use, a GTIN that is none, a day in the future. */
  run(ctx: Context, input: ReceiveStockInput): Promise<StockItem | LotExpired | LotDiffers> {
    mayAnywhere(ctx, 'stock.receive');
    return this.database.write(ctx, async work => {
      may(ctx, 'stock.receive', await this.places.of(work, input.facilityId));
      const { unit, doses, expiresOn } = await this.check(ctx, work, input);
      const day = input.receivedOn ?? today(ctx);
      if (day > expiresOn) return this.refusals.expired(ctx, { ...input, expiresOn });
      const lot = await this.store.lotOf(ctx, work, {
        ...input,
        unit,
        expiresOn,
        manufacturer: input.manufacturer ?? '',
        gtin: input.gtin ?? null,
      });
      if (lot.expiresOn !== expiresOn) return this.differs(ctx, lot);
      await once(ctx, work, input.idempotencyKey, input, () =>
        this.enter(ctx, work, { ...input, doses }, lot, day),
      );
      return this.read.item(ctx, work, input.facilityId, lot.id);
    });
  }

  /** What came, as it is counted and kept. */
  private async check(
    ctx: Context,
    work: UnitOfWork,
    input: ReceiveStockInput,
  ): Promise<{ unit: StockUnit; doses: number; expiresOn: CivilDate }> {
    const { unit } = await this.products.one(ctx, work, input.productCode);
    const doses = countOrThrow(unit, input, unit === 'DOSE' ? 'doses' : 'pieces');
    if (!fitsUnit(unit, input)) throw invalid('vvmStage', 'inventory.invalid.onlyVaccines');
    const supplies = await this.programmes.supplies(ctx, work);
    const supply = supplies.find(({ code }) => code === input.productCode);
    if (supply && input.gtin && supply.gtins.length > 0 && !supply.gtins.includes(input.gtin))
      throw invalid('gtin', 'inventory.invalid.gtinOfOther');
    const expiresOn = input.expiresOn ?? (supply?.expires === false ? NEVER : null);
    if (expiresOn === null) throw invalid('expiresOn', 'inventory.invalid.expires');
    if (typeof input.gtin === 'string' && !isGtin(input.gtin))
      throw invalid('gtin', 'inventory.invalid.gtin');
    if (input.receivedOn && input.receivedOn > today(ctx))
      throw invalid('receivedOn', 'inventory.invalid.dayInFuture');
    return { unit, doses, expiresOn };
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, doses, deliveryNote, vvmStage = null }: ReceiveStockInput & { doses: number },
    lot: Lot,
    day: CivilDate,
  ): Promise<string> {
    const moveId = await this.store.receive(ctx, work, {
      facilityId,
      lotId: lot.id,
      from: 'outside',
      to: 'on-hand',
      doses,
      reason: deliveryNote ? `delivery-note ${deliveryNote}` : 'received',
      referenceId: null,
      day,
    });
    this.audit.record(ctx, work, {
      action: 'stock.receive',
      resource: { type: 'lot', id: lot.id },
      facilityId,
      detail: { unit: lot.unit, doses, ...(vvmStage !== null && { vvmStage }) },
    });
    this.outbox.announce(ctx, work, stockReceived, facilityId, { facilityId, lotId: lot.id, moveId });
    const fit = !isAtDiscardPoint(vvmStage);
    const seen = { facilityId, lotId: lot.id, seen: fit ? vvmStage : null, referenceId: moveId };
    await this.shelf.arrived(ctx, work, { ...seen, source: 'RECEIPT' }, doses);
    if (!fit) await this.discard(ctx, work, { facilityId, lotId: lot.id, doses, day, referenceId: moveId });
    return moveId;
  }

  /** What comes at its discard point is wasted before anybody can draw it. */
  private async discard(
    ctx: Context,
    work: UnitOfWork,
    unfit: Pick<Move, 'facilityId' | 'lotId' | 'doses' | 'day' | 'referenceId'>,
  ): Promise<void> {
    const { facilityId, lotId, doses } = unfit;
    const reason = 'VVM_CHANGED';
    const moveId = await this.store.waste(ctx, work, { ...unfit, from: 'on-hand', to: 'wasted', reason });
    this.audit.record(ctx, work, {
      action: 'stock.waste',
      resource: { type: 'lot', id: lotId },
      facilityId,
      detail: { doses, reason },
    });
    this.outbox.announce(ctx, work, stockWasted, facilityId, { facilityId, lotId, moveId: moveId! });
  }

  private differs(ctx: Context, lot: Lot): LotDiffers {
    const { id: lotId, lotNumber, expiresOn } = lot;
    const message = this.texts.say(ctx, 'inventory.lotDiffers', { lotNumber, date: expiresOn });
    return Object.assign(new LotDiffers(), { message, lotId, expiresOn });
  }
}
