import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners, Outbox } from '../../platform/events';
import { Rounds } from '../../tenancy';
import {
  lotHeld,
  lotReleased,
  shipmentReceived,
  stockAlertEnded,
  stockAlertRaised,
  stockDespatched,
  stockLevelSet,
  stockRanShort,
  stockReceived,
  stockWasted,
  suppliesUsed,
} from '../inventory.events';
import { keyOf, type ProductFigure } from './figure-rules';
import { FiguresStore, type StockAlertKey, type StockFigureRow } from './figures.store';
import { LevelsStore } from './levels.store';
import { WorkOutFigures } from './work-out-figures';

const ROUND_SECONDS = 600;
/** Facilities looked at in one transaction. */
const TOGETHER = 100;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Keeps what facilities have, use and lack. What inventory announces has the facility looked at anew at once; doses given,
 * days that pass and holds of the whole country are found by a round over all facilities, so that giving a dose costs
 * nothing more (decision 0039).
 */
@Injectable()
export class KeepFigures implements OnModuleInit {
  constructor(
    private readonly listeners: FactListeners,
    private readonly rounds: Rounds,
    private readonly database: Database,
    private readonly levels: LevelsStore,
    private readonly store: FiguresStore,
    private readonly figures: WorkOutFigures,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    for (const fact of [stockReceived, stockWasted])
      this.listeners.on(fact, (ctx, { payload }) => this.look(ctx, [payload.facilityId]));
    this.listeners.on(suppliesUsed, (ctx, { payload }) => this.look(ctx, [payload.facilityId]));
    this.listeners.on(stockLevelSet, (ctx, { payload }) => this.look(ctx, [payload.facilityId]));
    for (const fact of [stockDespatched, shipmentReceived])
      this.listeners.on(fact, (ctx, { payload }) =>
        this.look(ctx, [payload.facilityId, payload.toFacilityId]),
      );
    for (const fact of [lotHeld, lotReleased])
      this.listeners.on(fact, (ctx, { payload }) =>
        this.look(ctx, payload.facilityId === null ? [] : [payload.facilityId]),
      );
    const fault = 'stock could not be looked at';
    this.rounds.add({ seconds: ROUND_SECONDS, fault, skipsReadOnly: true, run: ctx => this.run(ctx) });
  }

  /** One country's turn: every facility that has to do with stock. How many there were. */
  async run(ctx: Context): Promise<number> {
    const began = ctx.now();
    let looked = 0;
    let ids = await this.after(ctx, FIRST_ID);
    while (ids.length > 0) {
      await this.look(ctx, ids);
      looked += ids.length;
      ids = await this.after(ctx, ids.at(-1)!);
    }
    await this.database.write(ctx, work => this.store.roundEnded(work, began));
    return looked;
  }

  private after(ctx: Context, id: string): Promise<string[]> {
    return this.database.read(ctx, work => this.store.facilitiesAfter(work, id, TOGETHER));
  }

  private async look(ctx: Context, facilityIds: readonly string[]): Promise<void> {
    if (facilityIds.length > 0) await this.database.write(ctx, work => this.keep(ctx, work, facilityIds));
  }

  /** What changed is written, and told of where it begins or ends to be an alert. */
  private async keep(ctx: Context, work: UnitOfWork, facilityIds: readonly string[]): Promise<void> {
    await this.levels.lock(work, facilityIds);
    const { products, known } = await this.figures.of(ctx, work, facilityIds);
    const changed = products
      .map(({ figure }) => figure)
      .filter(figure => !same(figure, known.get(keyOf(figure))));
    await this.store.keep(work, changed);
    await this.tell(ctx, work, facilityIds, products);
  }

  private async tell(
    ctx: Context,
    work: UnitOfWork,
    facilityIds: readonly string[],
    wanted: readonly ProductFigure[],
  ): Promise<void> {
    const before = await this.store.alertsAt(work, facilityIds);
    const now = wanted.flatMap(({ figure: { facilityId, productCode }, alerts }) =>
      alerts.map(kind => ({ facilityId, productCode, kind })),
    );
    const raised = without(now, before);
    const ended = without(before, now);
    await this.store.raise(ctx, work, raised);
    await this.store.end(work, ended);
    for (const alert of raised)
      this.outbox.announce(ctx, work, stockAlertRaised, alert.facilityId, { ...alert });
    for (const facilityId of new Set(raised.map(alert => alert.facilityId))) {
      const here = raised.filter(alert => alert.facilityId === facilityId);
      const alerts = here.map(({ productCode, kind }) => ({ productCode, kind }));
      this.outbox.announce(ctx, work, stockRanShort, facilityId, { facilityId, alerts });
    }
    for (const alert of ended)
      this.outbox.announce(ctx, work, stockAlertEnded, alert.facilityId, { ...alert });
  }
}

const same = (one: StockFigureRow, other: StockFigureRow | undefined): boolean =>
  other !== undefined &&
  (Object.keys(one) as (keyof StockFigureRow)[]).every(column => one[column] === other[column]);

function without(alerts: readonly StockAlertKey[], others: readonly StockAlertKey[]): StockAlertKey[] {
  const known = new Set(others.map(alert => `${keyOf(alert)} ${alert.kind}`));
  return alerts.filter(alert => !known.has(`${keyOf(alert)} ${alert.kind}`));
}
