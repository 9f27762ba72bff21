import { Injectable } from '@nestjs/common';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { WEEK } from '../timetable-rules';
import { placeOf, type TemperatureClass } from './hub-rules';
import { type HubRow, NetworkStore } from './network.store';
import { type CutOffRow, type SortPlanRow, SortPlansStore, type StoredDirection } from './sort-plans.store';
import { instantOf, momentOf } from './week-rules';

export interface SortPlanAsked {
  hubId: string;
  at?: Date | null;
  version?: number | null;
  temperature: TemperatureClass;
}

/** What a hub sorts by until its next cut-off. */
export type SortPlanView = SortPlanRow & {
  cutOffAt: Date | null;
  directions: (StoredDirection & { to: HubRow })[];
};

/** How a hub sorts at one moment: the plan's first cut-off from then on. */
@Injectable()
export class ReadSortPlan {
  constructor(
    private readonly database: Database,
    private readonly network: NetworkStore,
    private readonly store: SortPlansStore,
  ) {}

  /** Throws NOT_FOUND for no such hub, and for one that has no such plan. */
  run(ctx: Context, asked: SortPlanAsked): Promise<SortPlanView> {
    mayAnywhere(ctx, 'network.read');
    const { monday, minute } = momentOf(asked.at ?? ctx.now(), ctx.tenant!.timeZone);
    return this.database.read(ctx, async work => {
      const hub = await this.network.hub(work, asked.hubId);
      if (!hub) throw notFound();
      may(ctx, 'network.read', placeOf(hub));
      const { version = null, temperature } = asked;
      const plan = await this.store.plan(work, hub.id, { version, temperature });
      if (!plan) throw notFound();
      const next = await this.store.cutOffFrom(work, plan, minute);
      const hubs = await this.network.hubsOf(work, next?.directions.map(({ toHubId }) => toHubId) ?? []);
      const byId = new Map(hubs.map(to => [to.id, to]));
      return {
        ...plan,
        cutOffAt: next && instantOf({ monday, minute: from(next, minute) }, ctx.tenant!.timeZone),
        directions: next?.directions.map(one => ({ ...one, to: byId.get(one.toHubId)! })) ?? [],
      };
    });
  }
}

/** A cut-off of the week as a minute that is not before another: this week's or the next one's. */
const from = ({ cutOff }: CutOffRow, minute: number): number => (cutOff < minute ? cutOff + WEEK : cutOff);
