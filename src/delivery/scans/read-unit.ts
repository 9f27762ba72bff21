import { Injectable } from '@nestjs/common';
import { nameFor } from '../../facilities';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { NetworkStore } from '../network/network.store';
import { isId } from '../../common';
import type { HandlingUnit } from './scan.graphql';
import { ScansStore } from './scans.store';
import { sealsFound } from './seal-rules';
import { unitCode } from '../../codecs/unit-codes';

/** Where a unit is and the way it came: for whoever has it in hand. */
@Injectable()
export class ReadUnit {
  constructor(
    private readonly database: Database,
    private readonly store: ScansStore,
    private readonly network: NetworkStore,
  ) {}

  /** Throws NOT_FOUND, also for a text that is no code. */
  async run(ctx: Context, text: string): Promise<HandlingUnit> {
    mayAnywhere(ctx, 'unit.read');
    const read = unitCode(text);
    if ('fault' in read) throw notFound();
    return this.database.read(ctx, async work => {
      const [unit, trail, anomalies, readings] = await Promise.all([
        this.store.unit(work, read.code),
        this.store.trail(work, read.code),
        this.store.anomalies(work, [read.code]),
        this.store.sealReadings(work, [read.code]),
      ]);
      if (!unit) throw notFound();
      const seals = sealsFound(readings);
      const seenAt = [...trail.map(({ place }) => place), ...seals.map(({ hubId }) => hubId)];
      const places = [...new Set(seenAt.flatMap(place => (place && isId(place) ? [place] : [])))];
      const names = new Map(
        (await this.network.hubsOf(work, places)).map(hub => [hub.id, nameFor(ctx, hub.names, hub.code)]),
      );
      return {
        code: unit.unitId,
        status: unit.status,
        hubId: unit.place,
        container: unit.container,
        steps: trail.map(({ at, status, place, container }) => ({
          at: new Date(at / 1000),
          status,
          hub: place && (names.get(place) ?? place),
          container,
        })),
        anomalies: anomalies.map(({ kind, unit: code }) => ({ kind, unit: code })),
        seals: seals.map(({ at, seal, hubId, broken }) => ({
          at: new Date(at / 1000),
          seal,
          broken,
          hub: (hubId && names.get(hubId)) ?? null,
        })),
      };
    });
  }
}
