import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { addTo, type CivilDate } from '../../common';
import {
  civilNow,
  Places,
  sessionCancelled,
  type SessionKey,
  type SessionRow,
  SessionsStore,
} from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { FactListeners } from '../../platform/events';
import { Jobs } from '../../platform/jobs';
import { MOVE_DISPLACED } from './move-displaced';
import type {
  Relocation,
  RelocateAppointmentsGraphqlInput,
  RelocationPreviewGraphqlInput,
} from './relocation.graphql';
import { MOST_SESSIONS } from './relocation.graphql';
import { type RelocationRow, RelocationStore } from './relocation.store';

/** For so long after the sessions people are found a place unasked, and so far ahead are sessions looked for. */
const DAYS = '28 days';

type Order = Pick<RelocationRow, 'sessionIds' | 'product' | 'keep' | 'to' | 'because' | 'reason'>;

/**
 * Appointments that cannot be kept are kept elsewhere, by a job: the session was cancelled, or there are too few doses.
 * From that moment nobody books the sessions any more. Whom no session has a place for is first to get one.
 */
@Injectable()
export class RelocateAppointments implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly store: RelocationStore,
    private readonly jobs: Jobs,
    private readonly listeners: FactListeners,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.listeners.on(sessionCancelled, (ctx, { payload }) => this.cancelled(ctx, payload));
  }

  /** Throws NOT_FOUND for a session that is not there, INVALID_INPUT for one to move to that takes nobody. */
  async run(ctx: Context, input: RelocateAppointmentsGraphqlInput): Promise<Relocation> {
    mayAnywhere(ctx, 'appointment.relocate');
    const { idempotencyKey, ...request } = input;
    return this.database.write(ctx, async work => {
      const { from, to } = await this.sessionsOf(ctx, work, input);
      const made = await once(ctx, work, idempotencyKey, request, async () => {
        for (const session of from)
          await this.sessions.end(ctx, work, session, 'CLOSED', session.reason ?? input.reason);
        const { sessionIds, product = null, keep, reason } = input;
        return this.order(ctx, work, from, {
          sessionIds,
          product,
          keep,
          reason,
          to,
          because: from.every(({ state }) => state === 'CANCELLED') ? 'SESSION_CANCELLED' : 'STOCK_FAILED',
        });
      });
      return this.view(work, { facilityId: input.facilityId, id: made!.id });
    });
  }

  /** How far an order has come. Throws NOT_FOUND. */
  async read(ctx: Context, key: { facilityId: string; id: string }): Promise<Relocation> {
    mayAnywhere(ctx, 'appointment.relocate');
    return this.database.read(ctx, async work => {
      may(ctx, 'appointment.relocate', await this.places.of(work, key.facilityId));
      return this.view(work, key);
    });
  }

  /**
   * The sessions that appointments are moved from and to, those to be tried in order. Throws FORBIDDEN where the caller
   * may not move people from or to, NOT_FOUND, INVALID_INPUT.
   */
  async sessionsOf(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionIds, to }: RelocationPreviewGraphqlInput,
  ): Promise<{ from: SessionRow[]; to: SessionKey[] }> {
    may(ctx, 'appointment.relocate', await this.places.of(work, facilityId));
    const from = await Promise.all(sessionIds.map(id => this.sessions.session(work, facilityId, id)));
    if (from.some(session => session === null)) throw notFound();
    const found = from as SessionRow[];
    if (!to) return { from: found, to: await this.next(ctx, work, found) };
    for (const key of to) {
      may(ctx, 'appointment.relocate', await this.places.of(work, key.facilityId));
      const session = await this.sessions.session(work, key.facilityId, key.sessionId);
      if (!session) throw notFound();
      if (session.state !== 'PLANNED' || sessionIds.includes(key.sessionId))
        throw invalid('to', 'appointments.fault.takesNobody');
    }
    return { from: found, to };
  }

  /** The facility's other sessions, from the first day of these on. */
  private async next(ctx: Context, work: UnitOfWork, from: readonly SessionRow[]): Promise<SessionKey[]> {
    const [{ facilityId }] = from as [SessionRow];
    const today = civilNow(ctx).date;
    const first = from.map(({ date }) => date).sort()[0]!;
    const begin = first < today ? today : first;
    const ahead = await this.sessions.sessionsAt(work, facilityId, begin, addTo(lastDay(from), DAYS));
    return ahead
      .filter(({ id, state }) => state === 'PLANNED' && !from.some(session => session.id === id))
      .slice(0, MOST_SESSIONS)
      .map(({ id: sessionId }) => ({ facilityId, sessionId }));
  }

  /** A session will not be held: everybody of it waits for the first place. The same fact again is the same order. */
  private async cancelled(ctx: Context, { facilityId, sessionId }: SessionKey): Promise<void> {
    await this.database.write(ctx, async work => {
      const session = await this.sessions.session(work, facilityId, sessionId);
      const order: Order = {
        sessionIds: [sessionId],
        product: null,
        keep: 0,
        to: [],
        because: 'SESSION_CANCELLED',
        reason: session!.reason ?? '',
      };
      await this.order(ctx, work, [session!], order, `session-cancelled ${sessionId}`);
    });
  }

  private async order(
    ctx: Context,
    work: UnitOfWork,
    from: readonly SessionRow[],
    order: Order,
    key: string = ctx.newId(),
  ): Promise<string> {
    const { facilityId } = from[0]!;
    const parameters = { facilityId };
    const id = await this.jobs.request(ctx, work, MOVE_DISPLACED, parameters, key);
    await this.store.add(work, {
      ...order,
      facilityId,
      id,
      waitUntil: addTo(lastDay(from), DAYS),
      orderedByKind: ctx.actor.kind,
      orderedBy: ctx.actor.id,
      orderedAt: ctx.now(),
    });
    this.audit.record(ctx, work, {
      action: 'appointment.relocate',
      resource: { type: 'relocation', id },
      facilityId,
      detail: {
        sessions: order.sessionIds,
        because: order.because,
        product: order.product,
        keep: order.keep,
      },
    });
    return id;
  }

  private async view(work: UnitOfWork, key: { facilityId: string; id: string }): Promise<Relocation> {
    const order = await this.store.order(work, key);
    if (!order) throw notFound();
    const job = await this.jobs.one(work, key.id);
    const counts = await this.store.counts(work, key);
    return {
      ...order,
      sessionIds: [...order.sessionIds],
      finished: job?.state === 'DONE',
      toMove: counts.get('TO_MOVE') ?? 0,
      moved: counts.get('MOVED') ?? 0,
      waiting: counts.get('WAITING') ?? 0,
      offered: counts.get('OFFERED') ?? 0,
      over: counts.get('OVER') ?? 0,
    };
  }
}

const lastDay = (sessions: readonly SessionRow[]): CivilDate =>
  sessions
    .map(({ date }) => date)
    .sort()
    .at(-1)!;
