import { Injectable } from '@nestjs/common';
import { parseS10 } from '../../codecs/s10';
import { nameFor } from '../../facilities';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { heldUntil, lastMileOf } from '../doors/door-rules';
import { DoorsStore } from '../doors/doors.store';
import { NetworkStore } from '../network/network.store';
import { ScansStore } from '../scans/scans.store';
import { NothingTracked, Tracking } from './consignment.graphql';
import { ConsignmentsStore } from './consignments.store';
import { milestonesOf } from './plan-rules';
import { readTrackingCode } from './tracking-code';

/** Asked for where there is nothing to find, so that an unknown code costs what a known one does. */
const NOBODY = '';

/**
 * Where a consignment is, for whoever has its code: milestones, places and when it is due; never whose it is or what is
 * in it. An S10 number is printed on the outside and can be counted on from: it alone tells the milestones only.
 */
@Injectable()
export class TrackConsignment {
  constructor(
    private readonly database: Database,
    private readonly store: ConsignmentsStore,
    private readonly scans: ScansStore,
    private readonly doors: DoorsStore,
    private readonly network: NetworkStore,
    private readonly texts: Texts,
  ) {}

  /** An unknown code, one of another country and a text that is no code are answered alike, by the same work. */
  run(ctx: Context, text: string): Promise<Tracking | NothingTracked> {
    const code = readTrackingCode(text);
    const s10 = parseS10(text);
    return this.database.read(ctx, async work => {
      const byCode = await this.store.tracked(work, code ?? NOBODY);
      const unitId = byCode ?? (s10.ok ? s10.item.number : NOBODY);
      const [consignment, trail, directions] = await Promise.all([
        this.store.consignment(work, unitId),
        this.scans.doorTrail(work, unitId),
        this.doors.directions(work, unitId),
      ]);
      const milestones = milestonesOf(trail, directions);
      const whole = byCode !== null;
      const hubIds = milestones.flatMap(({ place }) => place ?? []);
      const hubs = await this.network.hubsOf(
        work,
        whole ? [...new Set([...hubIds, consignment!.toHubId])] : [],
      );
      if (!consignment) return this.nothing(ctx);
      const names = new Map(hubs.map(hub => [hub.id, nameFor(ctx, hub.names, hub.code)]));
      const { handedOver, held } = lastMileOf(trail, 0);
      return Object.assign(new Tracking(), {
        status: milestones.at(-1)?.status ?? null,
        destination: names.get(consignment.toHubId) ?? null,
        dueAt: whole && !handedOver ? consignment.dueAt : null,
        heldUntil: whole ? heldUntil(held, ctx.tenant!.timeZone) : null,
        milestones: milestones.map(({ status, at, place, reason }) => ({
          status,
          at: new Date(at / 1000),
          place: (place && names.get(place)) ?? null,
          reason: whole ? reason : null,
        })),
      });
    });
  }

  private nothing(ctx: Context): NothingTracked {
    return Object.assign(new NothingTracked(), { message: this.texts.say(ctx, 'delivery.nothingTracked') });
  }
}
