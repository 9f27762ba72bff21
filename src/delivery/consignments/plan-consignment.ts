import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Networks } from '../network/networks';
import { FindRoom } from '../room/find-room';
import { type ConsignmentRow, ConsignmentsStore } from './consignments.store';
import { heldRuns, type PlannedRun, runsOf } from './plan-rules';

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
    const carried = { from, to, readyAt, temperature, grams };
    const found = await this.room.take(ctx, work, network, carried, heldRuns(runs));
    await this.store.plan(ctx, work, unitId, {
      toHubId: to.id,
      dueAt: found?.way.readyAt ?? null,
      runs: found ? runsOf(found.way, found.taken) : [],
      networkVersion: network.version,
    });
    return found !== null;
  }

  /** A thing that was handed over goes along with no later departure: others may have its room there. */
  async end(work: UnitOfWork, { unitId, runs, grams }: ConsignmentRow, at: Date): Promise<void> {
    const later = (run: PlannedRun): boolean => Date.parse(run.departsAt) > at.getTime();
    const given = heldRuns(runs).filter(later);
    if (given.length === 0) return;
    await this.room.giveBack(work, given, grams);
    await this.store.keepRuns(
      work,
      unitId,
      runs.map(({ hasRoom = false, ...run }) => ({ ...run, ...(hasRoom && !later(run) && { hasRoom }) })),
    );
  }
}
