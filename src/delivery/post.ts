import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database, Refused, type UnitOfWork } from '../platform/database';
import type { Tracking } from './consignments/consignment.graphql';
import { ConsignmentsStore } from './consignments/consignments.store';
import { Dispatch } from './consignments/dispatch';
import { TrackConsignment } from './consignments/track-consignment';
import { HandoverSecrets } from './doors/handover-secrets';
import { type HubRow, NetworkStore } from './network/network.store';
import { Networks } from './network/networks';

/** Where something is posted, and to whom. */
export interface Posted {
  /** The place that posts it. */
  facility: { facilityId: string; areaIds: readonly string[] };
  /** Where it is to be handed out or taken to the door. */
  areaId: string;
  /** Who is told how it stands; nobody without an account. */
  accountId: string | null;
  language: string | null;
}

/** Why nothing can be posted: no hub takes it from there, none delivers there, or no departures lead there. */
export type PostFault = 'NO_HUB_HERE' | 'NO_HUB_THERE' | 'NO_ROUTE';

/** What other modules send to people's homes. They have checked who may, and keep what is in it. */
@Injectable()
export class Post {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly network: NetworkStore,
    private readonly consignments: ConsignmentsStore,
    private readonly dispatch: Dispatch,
    private readonly tracking: TrackConsignment,
    private readonly secrets: HandoverSecrets,
  ) {}

  /** The code of the unit to be labelled; it goes by the earliest way. */
  async certificate(
    ctx: Context,
    work: UnitOfWork,
    { facility, areaId, accountId, language }: Posted,
  ): Promise<{ unitId: string } | { fault: PostFault }> {
    const network = await this.networks.of(ctx, work);
    const from = await this.hubOf(work, network.hubs, facility);
    if (!from) return { fault: 'NO_HUB_HERE' };
    const to = await this.network.hubServing(work, areaId);
    if (!to) return { fault: 'NO_HUB_THERE' };
    const receiver = accountId === null ? null : { accountId, language };
    try {
      const sent = { network, from, to, kind: 'CERTIFICATE', temperature: 'AMBIENT', receiver } as const;
      return { unitId: await this.dispatch.send(ctx, work, sent) };
    } catch (error) {
      if (error instanceof Refused) return { fault: 'NO_ROUTE' }; // found before anything is written
      throw error;
    }
  }

  /** How a thing that was posted stands, for its receiver; null for a unit that is no consignment. */
  async way(ctx: Context, unitId: string): Promise<{ trackingCode: string; tracking: Tracking } | null> {
    const consignment = await this.database.read(ctx, work => this.consignments.consignment(work, unitId));
    if (!consignment) return null;
    const { trackingCode } = consignment;
    return { trackingCode, tracking: (await this.tracking.run(ctx, trackingCode)) as Tracking };
  }

  /** What its receiver says at the door. For whoever has checked that she asks. */
  async secretCode(ctx: Context, unitId: string): Promise<string> {
    return (await this.secrets.of(ctx, unitId)).code;
  }

  /** The hub that a place is the door of, else the one that serves its area. */
  private async hubOf(
    work: UnitOfWork,
    hubs: ReadonlyMap<string, HubRow>,
    { facilityId, areaIds }: Posted['facility'],
  ): Promise<HubRow | null> {
    const own = [...hubs.values()].find(hub => hub.facilityId === facilityId);
    return own ?? this.network.hubServing(work, areaIds.at(-1)!);
  }
}
