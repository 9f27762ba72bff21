import { Injectable } from '@nestjs/common';
import { type CivilDate, type PageRequest, pageOf } from '../../common';
import { nameFor } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { placeOf } from '../network/hub-rules';
import { NetworkStore } from '../network/network.store';
import { Networks } from '../network/networks';
import { departsOn, instantOf, mondayOf } from '../network/week-rules';
import type { Trip } from './trip.graphql';
import { TripsStore } from './trips.store';

const MINUTE_MS = 60_000;

export interface TripAsked {
  fromHubId: string;
  legId: string;
  /** The country's own. */
  day: CivilDate;
}

/** What is to go along with one departure on one day, for those who load it. */
@Injectable()
export class ReadTrip {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly network: NetworkStore,
    private readonly store: TripsStore,
  ) {}

  /** Throws NOT_FOUND for no such hub or leg, INVALID_INPUT for a day on which it does not depart. */
  run(ctx: Context, asked: TripAsked, page: PageRequest): Promise<Trip> {
    mayAnywhere(ctx, 'consignment.read');
    const { fromHubId, legId, day } = asked;
    return this.database.read(ctx, async work => {
      const { hubs } = await this.networks.of(ctx, work);
      const [from, leg] = [hubs.get(fromHubId), await this.network.leg(work, fromHubId, legId)];
      if (!from || !leg) throw notFound();
      may(ctx, 'consignment.read', placeOf(from));
      if (!departsOn(leg.departs, day)) throw invalid('day', 'delivery.invalid.notThatDay');
      const [totals, rows, cancelled] = await Promise.all([
        this.store.totals(work, asked),
        this.store.items(work, asked, page),
        this.store.isCancelled(work, asked, fromHubId),
      ]);
      const { items, endCursor } = pageOf(rows, page.first, row => row.unitId);
      const nameOf = (hubId: string): string => {
        const hub = hubs.get(hubId);
        return hub ? nameFor(ctx, hub.names, hub.code) : hubId;
      };
      const departsAt = instantOf({ monday: mondayOf(day), minute: leg.departs }, ctx.tenant!.timeZone);
      return {
        legId,
        day,
        from: nameOf(fromHubId),
        to: nameOf(leg.toHubId),
        cutOffAt: new Date(departsAt.getTime() - from.handlingMinutes * MINUTE_MS),
        departsAt,
        arrivesAt: new Date(departsAt.getTime() + leg.minutes * MINUTE_MS),
        cancelled,
        capacityKg: leg.capacityKg,
        planned: totals.planned,
        plannedKg: totals.kilograms,
        unweighed: totals.unweighed,
        overloaded: leg.capacityKg === null ? null : totals.kilograms > leg.capacityKg,
        items: items.map(({ unitId, hubId, toHubId, ...item }) => ({
          ...item,
          unit: unitId,
          hub: hubId && nameOf(hubId),
          to: nameOf(toHubId),
        })),
        endCursor,
      };
    });
  }
}
