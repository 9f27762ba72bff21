import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Look, WriteToStaff } from '../../facilities';
import { PERMISSIONS } from '../../platform/access';
import type { Context } from '../../platform/context';
import { FactListeners } from '../../platform/events';
import { stockRanShort } from '../inventory.events';
import { FiguresStore } from './figures.store';
import { ALERT_KINDS, type AlertKind } from './level-rules';
import { UsedProducts } from './used-products';

/** Those who ask for stock there. */
const RESPONSIBLE: readonly string[] = PERMISSIONS['stock.request'];

/** Writes to those who keep a facility's stock what has run out, runs low or will not be used in time: one letter a look. */
@Injectable()
export class TellStaff implements OnModuleInit {
  constructor(
    private readonly listeners: FactListeners,
    private readonly letters: WriteToStaff,
    private readonly store: FiguresStore,
    private readonly products: UsedProducts,
  ) {}

  onModuleInit(): void {
    this.listeners.on(stockRanShort, (ctx, { payload: { facilityId, alerts } }) =>
      this.letters.run(ctx, { facilityId, roles: RESPONSIBLE }, this.look(facilityId, alerts)),
    );
  }

  /** What is over by now is not told any more. */
  private look(facilityId: string, alerts: readonly { productCode: string; kind: AlertKind }[]): Look {
    return async (work, reader: Context) => {
      const standing = await this.store.alertsAt(work, [facilityId]);
      const products = await this.products.all(reader, work);
      const named = (kind: AlertKind): string[] =>
        standing
          .filter(one => one.kind === kind)
          .filter(one => alerts.some(told => told.kind === kind && told.productCode === one.productCode))
          .map(({ productCode }) => products.get(productCode)?.name ?? productCode)
          .sort();
      const found = ALERT_KINDS.map(kind => [kind, named(kind)] as const);
      if (found.every(([, names]) => names.length === 0)) return null;
      const about = Object.fromEntries(
        found.flatMap(([kind, names]) => [
          [kind, names.join('; ')],
          [`of${kind}`, names.length],
        ]),
      );
      return { key: 'inventory.told.alerts', about };
    };
  }
}
