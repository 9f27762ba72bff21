import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SessionPlaces } from '../../facilities';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Rounds } from '../../tenancy';
import { AppointmentsStore } from '../appointments.store';
import { PlacesAtHand } from './places-at-hand';
import { SWEEP_SECONDS } from './sweep-interval';

const BATCH = 500;

/**
 * Gives back the places of holds that were not confirmed in time: before anybody is refused for want of them, and
 * regularly.
 */
@Injectable()
export class SweepExpiredHolds implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: AppointmentsStore,
    private readonly counters: SessionPlaces,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'holds that ran out could not be ended';
    this.rounds.add({ seconds: SWEEP_SECONDS, fault, run: ctx => this.run(ctx) });
  }

  /** One batch in one tenant; how many holds ended. */
  run(ctx: Context): Promise<number> {
    return this.database.writeEvenIfSuspended(ctx, async work => {
      const found = await this.store.ranOut(work, ctx.now(), BATCH);
      if (found.length === 0) return 0;
      await this.counters.lock(work, found);
      const expired = await this.store.expire(work, found, ctx.now());
      await this.store.endClaims(ctx, work, expired);
      const places = new PlacesAtHand();
      for (const hold of expired) places.giveBack(hold, 'held');
      await this.counters.move(work, places.moves());
      return expired.length;
    });
  }
}
