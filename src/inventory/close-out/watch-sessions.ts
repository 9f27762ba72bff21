import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addTo } from '../../common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { bitByBit, Rounds } from '../../tenancy';
import { sessionsLeftUncounted } from '../inventory.events';
import { today } from '../stock';
import { UncountedStore } from './uncounted.store';

/** Who counts on the morning after is not written to. */
const GRACE = { months: 0, days: -1 };

/** A session that used stock and that nobody counted hides what was lost in it: it is told of, once. */
@Injectable()
export class WatchSessions implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: UncountedStore,
    private readonly outbox: Outbox,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({
      seconds: 3600,
      fault: 'sessions could not be watched',
      skipsReadOnly: true,
      run: ctx => this.run(ctx),
    });
  }

  /** One country's turn; how many sessions were noticed. Those of one facility make one fact. */
  run(ctx: Context): Promise<number> {
    return bitByBit(most =>
      this.database.write(ctx, async work => {
        const noticed = await this.store.note(ctx, work, { before: addTo(today(ctx), GRACE), most });
        for (const facilityId of new Set(noticed.map(session => session.facilityId))) {
          const there = noticed.filter(session => session.facilityId === facilityId);
          const sessionIds = there.map(({ sessionId }) => sessionId);
          this.outbox.announce(ctx, work, sessionsLeftUncounted, facilityId, { facilityId, sessionIds });
        }
        return noticed.length;
      }),
    );
  }
}
