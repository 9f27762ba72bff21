import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { DeliveryFailure } from '../doors/door-rules';
import { DoorsStore } from '../doors/doors.store';
import { NetworkStore } from '../network/network.store';
import { ScansStore } from '../scans/scans.store';
import { ConsignmentsStore } from './consignments.store';
import { type Milestone, milestonesOf } from './plan-rules';

/** How a consignment stands, as its sender may be told: codes and times. */
export interface News {
  status: Milestone['status'];
  /** For a failed attempt: why. */
  reason: DeliveryFailure | null;
  /** Since when it stands so, in microseconds since 1970. */
  at: number;
  /** Code of the hub where it is; null on the way. */
  hub: string | null;
  /** When it can be handed out where it goes; null while no departures lead there. */
  dueAt: Date | null;
}

/** What there is to tell a sender of one of its consignments. */
@Injectable()
export class ConsignmentNews {
  constructor(
    private readonly store: ConsignmentsStore,
    private readonly scans: ScansStore,
    private readonly doors: DoorsStore,
    private readonly network: NetworkStore,
  ) {}

  /** The account or partner that sent a unit; null for what nobody sent. */
  senderOf(work: UnitOfWork, unitId: string): Promise<string | null> {
    return this.store.sender(work, unitId);
  }

  /** Of a unit that somebody sent; null until it is scanned. */
  async of(work: UnitOfWork, unitId: string): Promise<News | null> {
    const [trail, directions] = await Promise.all([
      this.scans.doorTrail(work, unitId),
      this.doors.directions(work, unitId),
    ]);
    const last = milestonesOf(trail, directions).at(-1);
    if (!last) return null;
    const [hub] = await this.network.hubsOf(work, last.place ? [last.place] : []);
    const { dueAt } = (await this.store.consignment(work, unitId))!;
    return { status: last.status, reason: last.reason, at: last.at, hub: hub?.code ?? null, dueAt };
  }
}
