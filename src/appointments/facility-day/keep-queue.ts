import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places, SessionsStore } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { NotToday, SessionCancelled } from '../appointments.refusals';
import { CheckIn } from '../attendance/check-in';
import type { KeepQueueGraphqlInput, SessionQueue } from './queue.graphql';
import { QueueStore } from './queue.store';
import { queueView } from './queue-view';

/** A session of today keeps a queue from now on: whoever is checked in or admitted gets a ticket. */
@Injectable()
export class KeepQueue {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly arrival: CheckIn,
    private readonly store: QueueStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND. A queue that is kept stays as it is but for its order; one that was closed opens again. */
  run(ctx: Context, input: KeepQueueGraphqlInput): Promise<SessionQueue | NotToday | SessionCancelled> {
    mayAnywhere(ctx, 'queue.keep');
    return this.database.write(ctx, async work => {
      may(ctx, 'queue.keep', await this.places.of(work, input.facilityId));
      const session = await this.sessions.session(work, input.facilityId, input.sessionId);
      if (!session) throw notFound();
      const refusal = this.arrival.notNow(ctx, session);
      if (refusal) return refusal;
      const { facilityId, id: sessionId, date: day } = session;
      await this.store.beginDay(work, facilityId, day);
      await this.store.lock(work, facilityId, day);
      const openedBy = ctx.actor.id ?? ctx.actor.kind;
      const queue = { facilityId, sessionId, day, byPriority: input.byPriority };
      await this.store.open(work, { ...queue, openedBy, openedAt: ctx.now() });
      this.audit.record(ctx, work, {
        action: 'queue.keep',
        resource: { type: 'session', id: sessionId },
        facilityId,
        detail: { byPriority: input.byPriority },
      });
      return queueView((await this.store.queue(work, facilityId, sessionId))!);
    });
  }
}
