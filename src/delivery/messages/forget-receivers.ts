import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { bitByBit, Rounds } from '../../tenancy';
import { ReceiversStore } from './receivers.store';

/** Ninety days after it was sent a consignment is there, back or lost: nobody is told any more. */
const KEPT_MS = 90 * 86_400_000;

/** Forgets who waited for consignments of long ago. */
@Injectable()
export class ForgetReceivers implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: ReceiversStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({
      seconds: 3600,
      fault: 'receivers could not be forgotten',
      run: ctx => this.run(ctx),
    });
  }

  /** One country's turn; how many went. */
  run(ctx: Context): Promise<number> {
    const before = new Date(ctx.now().getTime() - KEPT_MS);
    return bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forget(work, before, most)),
    );
  }
}
