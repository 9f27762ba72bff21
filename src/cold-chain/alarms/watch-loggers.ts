import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { bitByBit, Rounds } from '../../tenancy';
import { loggerFellSilent } from '../cold-chain.events';
import { SilencesStore } from './silences.store';

/** A logger that says nothing may stand in a refrigerator that has no power: that is an alarm of its own, told once. */
@Injectable()
export class WatchLoggers implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: SilencesStore,
    private readonly outbox: Outbox,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({
      seconds: 300,
      fault: 'loggers could not be watched',
      skipsReadOnly: true,
      run: ctx => this.run(ctx),
    });
  }

  /** One country's turn; how many fell silent since the last. */
  run(ctx: Context): Promise<number> {
    return bitByBit(most =>
      this.database.write(ctx, async work => {
        const silent = await this.store.note(ctx, work, most);
        for (const { facilityId, loggerId, since } of silent)
          this.outbox.announce(ctx, work, loggerFellSilent, loggerId, {
            facilityId,
            loggerId,
            since: since.toISOString(),
          });
        return silent.length;
      }),
    );
  }
}
