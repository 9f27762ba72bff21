import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Networks } from '../network/networks';
import { type ConsignmentRow, ConsignmentsStore } from './consignments.store';
import { FindRoom } from './find-room';
import { runsOf } from './plan-rules';

/** Plans a consignment anew, the earliest way from where it is to where it goes. */
@Injectable()
export class PlanConsignment {
  constructor(
    private readonly networks: Networks,
    private readonly room: FindRoom,
    private readonly store: ConsignmentsStore,
  ) {}

  /**
   * False when no departures lead there: it is then planned to go nowhere. A hub that the network does not have (any more)
   * leaves the plan as it is.
   */
  async from(
    ctx: Context,
    work: UnitOfWork,
    consignment: Pick<ConsignmentRow, 'unitId' | 'toHubId' | 'temperature' | 'grams' | 'runs'>,
    { hubId, readyAt }: { hubId: string; readyAt: Date },
  ): Promise<boolean> {
    const { unitId, toHubId, temperature, grams, runs } = consignment;
    const network = await this.networks.of(ctx, work);
    const [from, to] = [network.hubs.get(hubId), network.hubs.get(toHubId)!];
    if (!from) return false;
    await this.room.giveBack(work, runs, grams);
    const found = await this.room.take(ctx, work, network, { from, to, readyAt, temperature, grams });
    await this.store.plan(ctx, work, unitId, {
      toHubId: to.id,
      dueAt: found?.way.readyAt ?? null,
      runs: found ? runsOf(found.way, found.taken) : [],
      networkVersion: network.version,
    });
    return found !== null;
  }
}
