import { Injectable } from '@nestjs/common';
import { addTo } from '../../common';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Places } from '../places/places';
import type { Session } from './session.graphql';
import { sessionFor } from './session-view';
import { SessionsStore } from './sessions.store';

/** The sessions of a facility with all their counters, for those who work there. */
@Injectable()
export class ReadSessions {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: SessionsStore,
  ) {}

  /** Throws NOT_FOUND for an unknown facility. `days` is 1 to 31. */
  async run(ctx: Context, input: { facilityId: string; from: string; days: number }): Promise<Session[]> {
    mayAnywhere(ctx, 'session.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'session.read', await this.places.of(work, input.facilityId));
      const until = addTo(input.from, { months: 0, days: Math.min(Math.max(input.days, 1), 31) });
      const rows = await this.store.sessionsAt(work, input.facilityId, input.from, until);
      return rows.map(row => sessionFor(ctx, row));
    });
  }
}
