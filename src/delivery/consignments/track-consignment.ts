import { Injectable } from '@nestjs/common';
import { parseS10 } from '../../codecs/s10';
import { nameFor } from '../../facilities';
import { Guesses } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { heldIn, heldUntil } from '../doors/door-rules';
import { Networks } from '../network/networks';
import { isHandedOver } from '../scan-rules';
import { NothingTracked, Tracking } from './consignment.graphql';
import { milestonesOf } from './plan-rules';
import { readTrackingCode } from './tracking-code';
import { type TrackedConsignment, TrackingStore } from './tracking.store';

/** Asked for where there is nothing to find, so that an unknown code costs what a known one does. */
const NOBODY = '';
/** Of a network in a quarter of an hour. S10 numbers can be counted on from one's own. */
const GUESSES = 600;

/**
 * Where a consignment is, for whoever has its code: milestones, places and when it is due; never whose it is or what is
 * in it. An S10 number is printed on the outside and can be counted on from: it alone tells the milestones only.
 */
@Injectable()
export class TrackConsignment {
  private readonly guesses = new Guesses(GUESSES);

  constructor(
    private readonly database: Database,
    private readonly store: TrackingStore,
    private readonly networks: Networks,
    private readonly texts: Texts,
  ) {}

  /**
   * An unknown code, one of another country and a text that is no code are answered alike, by the same work. Throws
   * RATE_LIMITED for a network that has tried too many.
   */
  run(ctx: Context, text: string): Promise<Tracking | NothingTracked> {
    this.guesses.mustBeFew(ctx);
    const s10 = parseS10(text);
    const asked = { code: readTrackingCode(text) ?? NOBODY, unitId: s10.ok ? s10.item.number : NOBODY };
    return this.database.read(ctx, async work => {
      const tracked = await this.store.tracked(work, asked);
      if (!tracked) return this.nothing(ctx);
      if (!tracked.whole) return asTracking(ctx, tracked, () => null);
      const { hubs } = await this.networks.of(ctx, work, tracked.networkVersion);
      return asTracking(ctx, tracked, id => {
        const hub = hubs.get(id);
        return hub ? nameFor(ctx, hub.names, hub.code) : null;
      });
    });
  }

  private nothing(ctx: Context): NothingTracked {
    this.guesses.count(ctx);
    return Object.assign(new NothingTracked(), { message: this.texts.say(ctx, 'delivery.nothingTracked') });
  }
}

/** A consignment as it is told; `nameOf` a hub's id, null for a place that is not told. */
function asTracking(
  ctx: Context,
  { whole, toHubId, dueAt, steps, directions }: TrackedConsignment,
  nameOf: (hubId: string) => string | null,
): Tracking {
  const milestones = milestonesOf(steps, directions);
  const isOver = milestones.some(({ status }) => isHandedOver(status));
  return Object.assign(new Tracking(), {
    status: milestones.at(-1)?.status ?? null,
    destination: nameOf(toHubId),
    dueAt: whole && !isOver ? dueAt : null,
    heldUntil: whole ? heldUntil(heldIn(steps), ctx.tenant!.timeZone) : null,
    milestones: milestones.map(({ status, at, place, reason }) => ({
      status,
      at: new Date(at / 1000),
      place: place && nameOf(place),
      reason: whole ? reason : null,
    })),
  });
}
