import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { bitByBit, Rounds } from '../../tenancy';
import { PartnersStore } from './partners.store';

/** Clocks of two processes may be this far apart, in milliseconds: so long an assertion is remembered after its end. */
const OVERLAP = 60_000;

/** Forgets assertions whose time is over: they would be refused for it. */
@Injectable()
export class ForgetAssertions implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: PartnersStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({ seconds: 300, fault: 'assertions could not be forgotten', run: ctx => this.run(ctx) });
  }

  /** One country's turn; how many went. */
  run(ctx: Context): Promise<number> {
    const before = new Date(ctx.now().getTime() - OVERLAP);
    return bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forgetAssertions(work, before, most)),
    );
  }
}
