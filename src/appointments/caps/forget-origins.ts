import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { firstIdAt } from '../../common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { bitByBit, Rounds } from '../../tenancy';
import { OriginsStore } from './origins.store';

/** How long after a place was taken it is kept through what, in days: no session is opened as far ahead. */
const KEPT_DAYS = 400;

/** Forgets through what places were taken whose sessions are long over. */
@Injectable()
export class ForgetOrigins implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: OriginsStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'through what places were taken could not be forgotten';
    this.rounds.add({ seconds: 600, fault, run: ctx => this.run(ctx) });
  }

  /** One country's turn; how many went. */
  run(ctx: Context): Promise<number> {
    const before = firstIdAt(new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000));
    return bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forget(work, before, most)),
    );
  }
}
