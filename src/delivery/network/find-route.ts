import { Injectable } from '@nestjs/common';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { FindRoom } from '../room/find-room';
import type { TemperatureClass } from './hub-rules';
import { DeliveryRoute, NoRoute } from './network.graphql';
import { Networks } from './networks';

export interface RouteAsked {
  fromHubId: string;
  toHubId: string;
  readyAt?: Date | null;
  temperature: TemperatureClass;
  weightGrams?: number | null;
}

/** Which way a thing gets from hub to hub first, by the departures as they run. */
@Injectable()
export class FindRoute {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly room: FindRoom,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for no such hub. */
  async run(ctx: Context, asked: RouteAsked): Promise<DeliveryRoute | NoRoute> {
    mayAnywhere(ctx, 'network.read');
    const { network, from, to, way } = await this.database.read(ctx, async work => {
      const network = await this.networks.of(ctx, work);
      const [from, to] = [network.hubs.get(asked.fromHubId), network.hubs.get(asked.toHubId)];
      if (!from || !to) throw notFound();
      const { temperature, weightGrams: grams = null } = asked;
      const carried = { from, to, readyAt: asked.readyAt ?? ctx.now(), temperature, grams };
      return { network, from, to, way: await this.room.look(ctx, work, network, carried) };
    });
    if (!way)
      return Object.assign(new NoRoute(), {
        message: this.texts.say(ctx, 'delivery.noRoute', { from: from.code, to: to.code }),
      });
    return Object.assign(new DeliveryRoute(), {
      networkVersion: network.version,
      arrivesAt: way.arrivesAt,
      readyAt: way.readyAt,
      runs: way.runs.map(({ leg, ...run }) => ({
        ...run,
        leg,
        from: network.hubs.get(leg.fromHubId)!,
        to: network.hubs.get(leg.toHubId)!,
      })),
    });
  }
}
