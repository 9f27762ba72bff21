import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { faultsAsError } from '../places/facility-input';
import { Places } from '../places/places';
import { type ChangeSessionGraphqlInput, PlacesTaken, Session } from './session.graphql';
import { capsOf, placesFaults, type Pool, poolsOf } from './session-rules';
import { sessionFor } from './session-view';
import { type SessionRow, SessionsStore } from './sessions.store';

/** A planned session gets more or fewer places, or another opening time. */
@Injectable()
export class ChangeSession {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: SessionsStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND, INVALID_INPUT, STATE_FORBIDS when it was closed or cancelled. */
  run(ctx: Context, input: ChangeSessionGraphqlInput): Promise<Session | PlacesTaken> {
    mayAnywhere(ctx, 'session.change');
    return orRefusal<Session, PlacesTaken>(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'session.change', await this.places.of(work, input.facilityId));
        const session = await this.store.session(work, input.facilityId, input.sessionId);
        if (!session) throw notFound();
        if (session.state !== 'PLANNED') throw new AppError('STATE_FORBIDS', { state: session.state });
        await this.resize(ctx, work, session, input);
        if (input.opensAt)
          await this.store.reopenAt(ctx, work, session.facilityId, session.id, input.opensAt);
        if (input.caps) await this.store.capAt(ctx, work, session.facilityId, session.id, capsOf(input.caps));
        this.audit.record(ctx, work, {
          action: 'session.change',
          resource: { type: 'session', id: session.id },
          facilityId: session.facilityId,
        });
        return sessionFor(ctx, (await this.store.session(work, session.facilityId, session.id))!);
      }),
    );
  }

  private async resize(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    input: ChangeSessionGraphqlInput,
  ): Promise<void> {
    for (const { pool, capacity } of poolsAfter(session, input)) {
      if (await this.store.resize(work, session.facilityId, session.id, pool, capacity)) continue;
      const now = await this.store.session(work, session.facilityId, session.id);
      const count = now?.pools.find(each => each.pool === pool);
      const taken = count ? count.held + count.booked : 0;
      const message = this.texts.say(ctx, 'facilities.placesTaken', { taken });
      throw new Refused(Object.assign(new PlacesTaken(), { message, pool, taken }));
    }
  }
}

/** Every counter of the session with the size it shall have; one that the new plan lacks gets none. */
function poolsAfter(
  session: SessionRow,
  input: ChangeSessionGraphqlInput,
): { pool: Pool; capacity: number }[] {
  const before = new Map(session.pools.map(({ pool, capacity }) => [pool, capacity]));
  const bookable = [...before].filter(([pool]) => pool === 'any' || pool.startsWith('dose-'));
  const capacity =
    input.capacity?.map(({ doseNumber, places }) => ({ doseNumber: doseNumber ?? null, places })) ??
    bookable.map(([pool, places]) => ({ doseNumber: pool === 'any' ? null : Number(pool.slice(5)), places }));
  const plan = {
    capacity,
    walkInPlaces: input.walkInPlaces ?? before.get('walk-in') ?? 0,
    assistedPlaces: input.assistedPlaces ?? before.get('assisted') ?? 0,
  };
  const faults = placesFaults(plan);
  if (faults.length > 0) throw faultsAsError(faults);
  const planned = poolsOf(plan);
  const gone = bookable.filter(([pool]) => !planned.some(each => each.pool === pool));
  return [...planned, ...gone.map(([pool]) => ({ pool, capacity: 0 }))].sort((a, b) =>
    a.pool < b.pool ? -1 : 1,
  );
}
