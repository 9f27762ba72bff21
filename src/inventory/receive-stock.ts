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
import type { Lot } from './lot';
import { ReadStock } from './read-stock';
import { today } from './stock';
import { isGtin } from './stock-rules';
import { ShelfVvm } from './vvm/shelf-vvm';
import { isAtDiscardPoint } from './vvm/vvm-rules';

export interface ReceiveStockInput {
  idempotencyKey: string;
  facilityId: string;
  productCode: string;
  lotNumber: string;
  manufacturer?: string | null;
  expiresOn: CivilDate;
  gtin?: string | null;
  doses: number;
  receivedOn?: CivilDate | null;
  deliveryNote?: string | null;
  /** The worst stage of the vial monitors, 1 to 4. */
  vvmStage?: number | null;
}

/** Doses of a lot come to a facility from outside. A lot that the country did not know is known from now on. */
@Injectable()
export class ReceiveStock {
  constructor(
    private readonly database: Database,
    private readonly store: InventoryStore,
    private readonly places: Places,
    private readonly programmes: Programmes,
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
      await this.check(ctx, work, input);
      const day = input.receivedOn ?? today(ctx);
      if (day > input.expiresOn) return this.refusals.expired(ctx, input);
      const lot = await this.store.lotOf(ctx, work, {
        ...input,
        manufacturer: input.manufacturer ?? '',
        gtin: input.gtin ?? null,
      });
      if (lot.expiresOn !== input.expiresOn) return this.differs(ctx, lot);
      await once(ctx, work, input.idempotencyKey, input, () => this.enter(ctx, work, input, lot, day));
      return this.read.item(ctx, work, input.facilityId, lot.id);
    });
  }

  private async check(ctx: Context, work: UnitOfWork, input: ReceiveStockInput): Promise<void> {
    const products = await this.programmes.products(ctx, work);
    if (!products.some(({ code, active }) => active && code === input.productCode))
      throw invalid('productCode', 'inventory.invalid.product');
    if (typeof input.gtin === 'string' && !isGtin(input.gtin))
      throw invalid('gtin', 'inventory.invalid.gtin');
    if (input.receivedOn && input.receivedOn > today(ctx))
      throw invalid('receivedOn', 'inventory.invalid.dayInFuture');
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, doses, deliveryNote, vvmStage = null }: ReceiveStockInput,
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
      detail: { doses, ...(vvmStage !== null && { vvmStage }) },
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
