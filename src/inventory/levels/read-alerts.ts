import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest, pageOf } from '../../common';
import { nameFor, Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { StockAlert, type StockAlertPage } from './alert.graphql';
import { FiguresStore, keyOfAlert } from './figures.store';
import { ALERT_KINDS, type AlertKind, daysOfStock } from './level-rules';
import { UsedProducts } from './used-products';

/** Which alerts are asked for: of some kinds or all; in an area with all below it, or the whole country. */
export interface AlertsAsked extends PageRequest {
  areaId?: string | null;
  kinds?: readonly AlertKind[] | null;
}

/** Where stock has run out, runs low or is about to expire, from the figures that are kept for that. */
@Injectable()
export class ReadAlerts {
  constructor(
    private readonly database: Database,
    private readonly store: FiguresStore,
    private readonly places: Places,
    private readonly products: UsedProducts,
  ) {}

  /** Throws FORBIDDEN outside the caller's areas, NOT_FOUND for no such area. */
  run(ctx: Context, { areaId = null, kinds, ...page }: AlertsAsked): Promise<StockAlertPage> {
    mayAnywhere(ctx, 'stock.watch');
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.watch', areaId === null ? {} : { areaIds: await this.places.areaPath(work, areaId) });
      const after = page.after ? decodeCursor(page.after) : '';
      const asked = { areaId, kinds: kinds ?? ALERT_KINDS, after, first: page.first };
      const { items, endCursor } = pageOf(await this.store.alerts(work, asked), page.first, keyOfAlert);
      const names = await this.places.namesOf(work, items.map(({ facilityId }) => facilityId).filter(isId));
      const products = await this.products.all(ctx, work);
      return {
        asOf: await this.store.asOf(work),
        totals: await this.store.counts(work, areaId),
        items: items.map(row =>
          Object.assign(new StockAlert(), row, {
            facilityName: nameFor(ctx, names.get(row.facilityId) ?? {}, row.facilityId),
            productName: products.get(row.productCode)?.name ?? row.productCode,
            unit: products.get(row.productCode)?.unit ?? 'DOSE',
            daysOfStock: daysOfStock(row.usable, row.dailyUse),
          }),
        ),
        endCursor,
      };
    });
  }
}
