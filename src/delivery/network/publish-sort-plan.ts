import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { placeOf, type TemperatureClass } from './hub-rules';
import type { Network } from './network';
import { Networks } from './networks';
import { cutOffsOf, directionsAt } from './sort-plan-rules';
import { type CutOffRow, type SortPlanRow, SortPlansStore } from './sort-plans.store';

/** A hub is told how to sort from now on, by the weekly timetable. While nothing has changed, the plan stays what it is. */
@Injectable()
export class PublishSortPlan {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly store: SortPlansStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for no such hub. */
  async run(ctx: Context, hubId: string, temperature: TemperatureClass): Promise<SortPlanRow> {
    mayAnywhere(ctx, 'network.change');
    const network = await this.database.read(ctx, work => this.networks.of(ctx, work));
    const hub = network.hubs.get(hubId);
    if (!hub) throw notFound();
    may(ctx, 'network.change', placeOf(hub));
    const cutOffs = await cutOffsAt(network, hubId, temperature);
    return this.database.write(ctx, async work => {
      const last = await this.store.plan(work, hubId, { version: null, temperature });
      if (last?.networkVersion === network.version) return last;
      const plan = { hubId, temperature, networkVersion: network.version };
      const made = await this.store.add(ctx, work, plan, cutOffs);
      this.audit.record(ctx, work, {
        action: 'network.publish-sort-plan',
        resource: { type: 'hub', id: hubId },
        detail: { version: made.version, networkVersion: network.version },
      });
      return made;
    });
  }
}

/** A big hub has hundreds of cut-offs, each a scan of the whole network: others get their turn in between. */
async function cutOffsAt(
  network: Network,
  hubId: string,
  temperature: TemperatureClass,
): Promise<CutOffRow[]> {
  const departures = network.regular(temperature);
  const hub = departures.timetable.hubs.get(hubId)!;
  const rows: CutOffRow[] = [];
  for (const cutOff of cutOffsOf(departures, hub, hubId)) {
    const directions = directionsAt(departures, hub, cutOff).map(({ leg, destinations }) => ({
      legId: departures.legs[leg]!.id,
      toHubId: departures.legs[leg]!.toHubId,
      departs: departures.legs[leg]!.departs,
      destinations: destinations.map(number => network.hubAt(number).code),
    }));
    rows.push({ cutOff, directions });
    await nextTurn();
  }
  return rows;
}
