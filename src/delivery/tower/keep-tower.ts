import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { consignmentMoved, consignmentPlanned, consignmentSent } from '../delivery.events';
import { DoorsStore } from '../doors/doors.store';
import { ScansStore } from '../scans/scans.store';
import { type ConsignmentFigure, figureOf, type HubStay, staysOf } from './figure-rules';
import { TowerStore } from './tower.store';

/** Keeps the control tower's figures true: what is told of a consignment has its figures worked out anew, and no others. */
@Injectable()
export class KeepTower implements OnModuleInit {
  constructor(
    private readonly listeners: FactListeners,
    private readonly database: Database,
    private readonly consignments: ConsignmentsStore,
    private readonly scans: ScansStore,
    private readonly doors: DoorsStore,
    private readonly store: TowerStore,
  ) {}

  onModuleInit(): void {
    for (const fact of [consignmentSent, consignmentMoved, consignmentPlanned])
      this.listeners.on(fact, (ctx, { payload }) => this.run(ctx, payload.unitId));
  }

  async run(ctx: Context, unitId: string): Promise<void> {
    await this.database.write(ctx, async work => {
      await this.consignments.lock(work, unitId); // so that an older telling does not come to lie above a newer one
      const known = await this.workOut(ctx, work, unitId);
      if (known) await this.store.keep(work, known.figure, known.stays);
    });
  }

  /** What is to be kept of a consignment; null for a unit that is none. */
  async workOut(
    ctx: Context,
    work: UnitOfWork,
    unitId: string,
  ): Promise<{ figure: ConsignmentFigure; stays: HubStay[] } | null> {
    const [[facts], trail, wrongGuesses] = await Promise.all([
      this.store.facts(work, [unitId]),
      this.scans.doorTrail(work, unitId),
      this.doors.wrongGuesses(work, unitId),
    ]);
    if (!facts) return null;
    const whole = { ...facts, trail, wrongGuesses };
    const { timeZone } = ctx.tenant!;
    return { figure: figureOf(whole, timeZone), stays: staysOf(whole, timeZone) };
  }
}
