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
import { stockReceived } from './inventory.events';
import type { StockItem } from './inventory.graphql';
import { LotDiffers, type LotExpired, LotRefusals } from './inventory.refusals';
import { InventoryStore } from './inventory.store';
import type { Lot } from './lot';
import { ReadStock } from './read-stock';
import { today } from './stock';
import { isGtin } from './stock-rules';

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
    { facilityId, doses, deliveryNote }: ReceiveStockInput,
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
      detail: { doses },
    });
    this.outbox.announce(ctx, work, stockReceived, facilityId, { facilityId, lotId: lot.id, moveId });
    return moveId;
  }

  private differs(ctx: Context, lot: Lot): LotDiffers {
    const { id: lotId, lotNumber, expiresOn } = lot;
    const message = this.texts.say(ctx, 'inventory.lotDiffers', { lotNumber, date: expiresOn });
    return Object.assign(new LotDiffers(), { message, lotId, expiresOn });
  }
}
