import { Injectable } from '@nestjs/common';
import { addTo, type CivilDate, type PageRequest, decodeCursor, pageOf } from '../../common';
import { nameFor, Places } from '../../facilities';
import { ColdWatch } from '../../cold-chain';
import { StockWatch } from '../../inventory';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { NetworkStore } from '../network/network.store';
import type { DeliveryFigures, SentFigures, StuckConsignmentPage } from './tower.graphql';
import { keyOfStuck, type SentCounts, TowerStore } from './tower.store';

const WATCH = 'delivery.watch';
/** A quarter and a bit: what fits on a screen, and what a database answers at once. */
const MOST_DAYS = 100;
const FIGURES = [
  'sent',
  'handedOver',
  'returned',
  'onTime',
  'onTimeShare',
  'unproven',
  'failedAttempts',
  'missorted',
  'missedConnection',
  'custodyGap',
  'sealBroken',
  'exposed',
  'dwell',
  'stockOuts',
  'excursions',
] as const;

/** What is asked: days of the country's own, both included; an area with all below it, or the whole country. */
export interface FiguresAsked {
  from: CivilDate;
  to: CivilDate;
  areaId?: string | null;
}

/** Shows those who run the network how it runs, from what is kept for that and not from the scans. */
@Injectable()
export class ReadTower {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly network: NetworkStore,
    private readonly store: TowerStore,
    private readonly texts: Texts,
    private readonly stock: StockWatch,
    private readonly cold: ColdWatch,
  ) {}

  /**
   * Throws FORBIDDEN outside the caller's areas, NOT_FOUND for no such area, INVALID_INPUT for more than a hundred
   * days.
   */
  figures(ctx: Context, { from, to, areaId = null }: FiguresAsked): Promise<DeliveryFigures> {
    mayAnywhere(ctx, WATCH);
    if (!isPeriod(from, to)) throw invalid('to', 'delivery.invalid.period');
    return this.database.read(ctx, async work => {
      await this.mayWatch(ctx, work, areaId);
      const period = { from, to, areaId, at: ctx.now() };
      const [asOf, days, areas, dwell, out, excursions] = await Promise.all([
        this.store.asOf(work, ctx.now()),
        this.store.byDay(work, period),
        this.store.byArea(work, period),
        this.store.dwell(work, period),
        this.stock.stockOuts(work, areaId),
        this.cold.byArea(ctx, work, { areaId, from, to }),
      ]);
      const names = await this.areaNames(ctx, work, [
        ...areas.map(({ of }) => of),
        ...out.areas.map(row => row.areaId),
        ...excursions.map(row => row.areaId),
      ]);
      const hubs = await this.hubNames(
        ctx,
        work,
        dwell.map(({ hubId }) => hubId),
      );
      return {
        asOf,
        definitions: FIGURES.map(figure => ({
          figure,
          text: this.texts.say(ctx, `delivery.figure.${figure}`),
        })),
        days: days.map(counts => ({ day: counts.of, ...shareOf(counts) })),
        areas: areas.map(counts => ({
          areaId: counts.of,
          area: names.get(counts.of) ?? counts.of,
          ...shareOf(counts),
        })),
        hubs: dwell.map(row => ({ ...row, hub: hubs.get(row.hubId) ?? row.hubId })),
        excursions: excursions.map(row => ({ ...row, area: names.get(row.areaId) ?? row.areaId })),
        stockOuts: {
          asOf: out.asOf,
          areas: out.areas.map(row => ({ ...row, area: names.get(row.areaId) ?? row.areaId })),
        },
      };
    });
  }

  /** Consignments not handed over that are overdue, or were not scanned for so many hours. Throws as {@link figures}. */
  stuck(
    ctx: Context,
    { areaId = null, quietHours, ...page }: { areaId?: string | null; quietHours: number } & PageRequest,
  ): Promise<StuckConsignmentPage> {
    mayAnywhere(ctx, WATCH);
    return this.database.read(ctx, async work => {
      await this.mayWatch(ctx, work, areaId);
      const at = ctx.now();
      const quietSince = new Date(at.getTime() - quietHours * 3_600_000);
      const after = page.after ? decodeCursor(page.after) : '';
      const [asOf, rows] = await Promise.all([
        this.store.asOf(work, at),
        this.store.stuck(work, { areaId, at, quietSince, after, first: page.first }),
      ]);
      const { items, endCursor } = pageOf(rows, page.first, keyOfStuck);
      const hubs = await this.hubNames(
        ctx,
        work,
        items.flatMap(({ hubId }) => hubId ?? []),
      );
      return {
        asOf,
        definition: this.texts.say(ctx, 'delivery.figure.stuck', { hours: quietHours }),
        items: items.map(({ unitId, hubId, ...row }) => ({
          ...row,
          unit: unitId,
          hub: (hubId && hubs.get(hubId)) ?? null,
        })),
        endCursor,
      };
    });
  }

  private async mayWatch(ctx: Context, work: UnitOfWork, areaId: string | null): Promise<void> {
    may(ctx, WATCH, areaId === null ? {} : { areaIds: await this.places.areaPath(work, areaId) });
  }

  private async hubNames(
    ctx: Context,
    work: UnitOfWork,
    ids: readonly string[],
  ): Promise<Map<string, string>> {
    const hubs = await this.network.hubsOf(work, [...new Set(ids)]);
    return new Map(hubs.map(hub => [hub.id, nameFor(ctx, hub.names, hub.code)]));
  }

  private async areaNames(
    ctx: Context,
    work: UnitOfWork,
    ids: readonly string[],
  ): Promise<Map<string, string>> {
    const areas = await this.store.areaNames(work, ids);
    return new Map(areas.map(area => [area.id, nameFor(ctx, area.names, area.code)]));
  }
}

const isPeriod = (from: CivilDate, to: CivilDate): boolean =>
  from <= to &&
  from >= '2000-01-01' &&
  to < '2200-01-01' &&
  to <= addTo(from, { months: 0, days: MOST_DAYS - 1 });

const shareOf = (counts: SentCounts): SentFigures => ({
  sent: counts.sent,
  handedOver: counts.handedOver,
  returned: counts.returned,
  onTime: counts.onTime,
  onTimeShare: counts.promised === 0 ? null : counts.onTime / counts.promised,
  unproven: counts.unproven,
  failedAttempts: counts.failedAttempts,
  missorted: counts.missorted,
  missedConnection: counts.missedConnection,
  custodyGap: counts.custodyGap,
  sealBroken: counts.sealBroken,
  exposed: counts.exposed,
});
