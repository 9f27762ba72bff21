import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { sessionCancelled } from '../facilities.events';
import { Places } from '../places/places';
import type { EndSessionGraphqlInput, Session } from './session.graphql';
import { sessionFor } from './session-view';
import { SessionsStore } from './sessions.store';

/** A session takes no more people: closed early, or cancelled so that everybody who has a place must be told. */
@Injectable()
export class EndSession {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: SessionsStore,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  close(ctx: Context, input: EndSessionGraphqlInput): Promise<Session> {
    return this.end(ctx, input, 'CLOSED');
  }

  cancel(ctx: Context, input: EndSessionGraphqlInput): Promise<Session> {
    return this.end(ctx, input, 'CANCELLED');
  }

  /** Throws NOT_FOUND, STATE_FORBIDS when it has ended already. */
  private async end(
    ctx: Context,
    input: EndSessionGraphqlInput,
    state: 'CLOSED' | 'CANCELLED',
  ): Promise<Session> {
    mayAnywhere(ctx, 'session.change');
    return this.database.write(ctx, async work => {
      may(ctx, 'session.change', await this.places.of(work, input.facilityId));
      const session = await this.store.session(work, input.facilityId, input.sessionId);
      if (!session) throw notFound();
      if (!(await this.store.end(ctx, work, session, state, input.reason)))
        throw new AppError('STATE_FORBIDS', { state: session.state });
      const { facilityId, id: sessionId } = session;
      if (state === 'CANCELLED')
        this.outbox.announce(ctx, work, sessionCancelled, sessionId, { facilityId, sessionId });
      this.audit.record(ctx, work, {
        action: state === 'CLOSED' ? 'session.close' : 'session.cancel',
        resource: { type: 'session', id: sessionId },
        facilityId,
      });
      return sessionFor(ctx, (await this.store.session(work, facilityId, sessionId))!);
    });
  }
}
