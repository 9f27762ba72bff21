import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Look, WriteToStaff } from '../../facilities';
import { PERMISSIONS } from '../../platform/access';
import type { Context } from '../../platform/context';
import { FactListeners } from '../../platform/events';
import { UncountedStore } from '../close-out/uncounted.store';
import {
  receiptDiffered,
  sessionCounted,
  sessionCountReopened,
  sessionsLeftUncounted,
  stockRanShort,
} from '../inventory.events';
import { ShipmentsStore } from '../shipments/shipments.store';
import { FiguresStore } from '../levels/figures.store';
import { ALERT_KINDS, type AlertKind } from '../levels/level-rules';
import { UsedProducts } from '../levels/used-products';
import type { StockUnit } from '../units/unit-rules';

/** Those who ask for stock there, and those who decide on what a session cannot account for. */
const KEEPERS: readonly string[] = PERMISSIONS['stock.request'];
const DECIDERS: readonly string[] = PERMISSIONS['stock.decide'];

/**
 * Writes to those who keep a facility's stock: what has run out, runs low or will not be used in time, one letter a
 * look; what came otherwise than it was sent, at both ends; and, to those who decide on it, that a session does not tie
 * out, does so no more, or was never counted.
 */
@Injectable()
export class TellStaff implements OnModuleInit {
  constructor(
    private readonly listeners: FactListeners,
    private readonly letters: WriteToStaff,
    private readonly store: FiguresStore,
    private readonly shipments: ShipmentsStore,
    private readonly uncounted: UncountedStore,
    private readonly products: UsedProducts,
  ) {}

  onModuleInit(): void {
    this.listeners.on(stockRanShort, (ctx, { payload: { facilityId, alerts } }) =>
      this.letters.run(ctx, { facilityId, roles: KEEPERS }, this.look(facilityId, alerts)),
    );
    this.listeners.on(receiptDiffered, async (ctx, { payload }) => {
      for (const facilityId of [payload.facilityId, payload.toFacilityId])
        await this.letters.run(ctx, { facilityId, roles: KEEPERS }, this.differing(payload));
    });
    this.listeners.on(sessionCounted, (ctx, { payload: { facilityId, sessionId, disputed } }) =>
      this.toDeciders(ctx, facilityId, async () => (disputed ? ofSession('disputed', sessionId) : null)),
    );
    this.listeners.on(sessionCountReopened, (ctx, { payload: { facilityId, sessionId } }) =>
      this.toDeciders(ctx, facilityId, async () => ofSession('reopened', sessionId)),
    );
    this.listeners.on(sessionsLeftUncounted, (ctx, { payload: { facilityId, sessionIds } }) =>
      this.toDeciders(ctx, facilityId, async work => {
        const days = await this.uncounted.stillOpen(work, facilityId, sessionIds);
        const about = { sessions: days.length, day: days[0]! };
        return days.length > 0 ? { key: 'inventory.told.uncounted', about } : null;
      }),
    );
  }

  private toDeciders(ctx: Context, facilityId: string, look: Look): Promise<void> {
    return this.letters.run(ctx, { facilityId, roles: DECIDERS }, look);
  }

  private differing({ facilityId, shipmentId: id }: { facilityId: string; shipmentId: string }): Look {
    return async work => {
      const { lines } = (await this.shipments.shipment(work, facilityId, id))!;
      const sum = (unit: StockUnit, part: 'short' | 'over' | 'rejected') =>
        lines.filter(line => line.unit === unit).reduce((total, line) => total + (line[part] ?? 0), 0);
      const doses = {
        short: sum('DOSE', 'short'),
        over: sum('DOSE', 'over'),
        rejected: sum('DOSE', 'rejected'),
      };
      const pieces = sum('PIECE', 'short') + sum('PIECE', 'over') + sum('PIECE', 'rejected');
      const about = { id, ...doses, pieces };
      return { key: 'inventory.told.differed', about };
    };
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

const ofSession = (word: string, id: string) => ({ key: `inventory.told.${word}`, about: { id } });
