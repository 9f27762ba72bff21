import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners, Outbox } from '../../platform/events';
import { consignmentMoved, consignmentPlanned, runCancelled } from '../delivery.events';
import { ScansStore, type TrailStep } from '../scans/scans.store';
import { Carriers } from '../carriers/carriers';
import { ConsignmentsStore } from './consignments.store';
import { PlanConsignment } from './plan-consignment';
import { custodyGaps, departureFromPlan, standsAt } from './plan-rules';

/**
 * Keeps plans true: what was sorted wrong, missed its connection or was to take a run that is cancelled is planned anew
 * from where it is, and why is on record with it.
 */
@Injectable()
export class FollowConsignments implements OnModuleInit {
  constructor(
    private readonly listeners: FactListeners,
    private readonly database: Database,
    private readonly scans: ScansStore,
    private readonly store: ConsignmentsStore,
    private readonly carriers: Carriers,
    private readonly plan: PlanConsignment,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.listeners.on(consignmentMoved, (ctx, { payload }) => this.follow(ctx, payload.unitId));
    this.listeners.on(runCancelled, (ctx, { payload }) => this.avoid(ctx, payload));
  }

  /** A consignment was scanned. */
  async follow(ctx: Context, unitId: string): Promise<void> {
    await this.database.write(ctx, async work => {
      const consignment = await this.store.lock(work, unitId);
      const trail = await this.scans.trail(work, unitId);
      const last = trail.findLast(step => step.lastScan === step.scanId);
      if (!consignment || !last) return;
      let isNew = false;
      for (const gap of [...custodyGaps(trail), ...(await this.carriers.brokenSeals(work, unitId, trail))])
        isNew = (await this.store.addException(ctx, work, unitId, gap)) || isNew;
      const exception = departureFromPlan(consignment, last);
      if (exception && (await this.store.addException(ctx, work, unitId, exception))) {
        await this.plan.from(ctx, work, consignment, {
          hubId: exception.hubId,
          readyAt: new Date(last.at / 1000),
        });
        isNew = true;
      }
      if (last.status === 'DELIVERED' || last.status === 'RETURNED')
        await this.plan.end(work, consignment, new Date(last.at / 1000));
      if (isNew) this.outbox.announce(ctx, work, consignmentPlanned, unitId, { unitId });
    });
  }

  /** A run is cancelled: whatever was to take it goes another way, each in a unit of work of its own. */
  async avoid(ctx: Context, run: { fromHubId: string; legId: string; day: string }): Promise<void> {
    const concerned = await this.database.read(ctx, work => this.store.takingRun(work, run));
    for (const unitId of concerned)
      await this.database.write(ctx, async work => {
        const consignment = await this.store.lock(work, unitId);
        const place = consignment?.runs.findIndex(({ legId, day }) => legId === run.legId && day === run.day);
        if (!consignment || place === undefined || place < 0) return; // planned anew meanwhile
        const trail = await this.scans.trail(work, unitId);
        const at = trail.findLast(step => step.lastScan === step.scanId) ?? null;
        if (hasLeft(trail, run.fromHubId)) return;
        await this.store.addCancelledRun(ctx, work, unitId, run.fromHubId);
        await this.plan.from(ctx, work, consignment, standsAt(consignment, at, place, ctx.now()));
        this.outbox.announce(ctx, work, consignmentPlanned, unitId, { unitId });
      });
  }
}

/** Whether a unit was at a hub and went on from it: a run that it took cannot be cancelled for it. */
function hasLeft(trail: readonly TrailStep[], hubId: string): boolean {
  const there = trail.findLastIndex(step => step.place === hubId);
  return there >= 0 && trail.slice(there + 1).some(step => step.status === 'IN_TRANSIT');
}
