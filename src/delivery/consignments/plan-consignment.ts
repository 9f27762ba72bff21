import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Networks } from '../network/networks';
import { earliestWay } from '../network/way-rules';
import { type ConsignmentRow, ConsignmentsStore } from './consignments.store';
import { runsOf } from './plan-rules';

/** Plans a consignment anew, the earliest way from where it is to where it goes. */
@Injectable()
export class PlanConsignment {
  constructor(
    private readonly networks: Networks,
    private readonly store: ConsignmentsStore,
  ) {}

  /**
   * False when no departures lead there: it is then planned to go nowhere. A hub that the network does not have (any more)
   * leaves the plan as it is.
   */
  async from(
    ctx: Context,
    work: UnitOfWork,
    { unitId, toHubId, temperature }: Pick<ConsignmentRow, 'unitId' | 'toHubId' | 'temperature'>,
    { hubId, readyAt }: { hubId: string; readyAt: Date },
  ): Promise<boolean> {
    const network = await this.networks.of(ctx, work);
    const [from, to] = [network.hubs.get(hubId), network.hubs.get(toHubId)!];
    if (!from) return false;
    const way = earliestWay(network, { from, to, readyAt, temperature }, ctx.tenant!.timeZone);
    await this.store.plan(ctx, work, unitId, {
      toHubId: to.id,
      dueAt: way?.readyAt ?? null,
      runs: way ? runsOf(way) : [],
      networkVersion: network.version,
    });
    return way !== null;
  }
}
