import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places, sessionCancelled } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { FactListeners } from '../../platform/events';
import { MoveVisits } from './move-visits';
import type { CloseQueueGraphqlInput, SessionQueue } from './queue.graphql';
import { type QueueRow, QueueStore, type VisitRow } from './queue.store';
import { queueView } from './queue-view';
import { CANCELLED, endingOf, isBeforeDose } from './visit-rules';

/** The day is over, or the session will not be held: whoever is left in its queue goes, with that reason. */
@Injectable()
export class CloseQueue implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: QueueStore,
    private readonly move: MoveVisits,
    private readonly audit: AuditTrail,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(sessionCancelled, (ctx, { payload }) => this.cancelled(ctx, payload));
  }

  /** Throws NOT_FOUND for a session that keeps no queue. One that is closed stays so. */
  run(ctx: Context, input: CloseQueueGraphqlInput): Promise<SessionQueue> {
    mayAnywhere(ctx, 'queue.keep');
    return this.database.write(ctx, async work => {
      may(ctx, 'queue.keep', await this.places.of(work, input.facilityId));
      const queue = await this.store.queue(work, input.facilityId, input.sessionId);
      if (!queue) throw notFound();
      await this.close(ctx, work, queue, input.reason, () => true);
      return queueView((await this.store.queue(work, queue.facilityId, queue.sessionId))!);
    });
  }

  /** Closes what a day gone by has left open. */
  async afterDay(ctx: Context, queue: Pick<QueueRow, 'facilityId' | 'sessionId' | 'day'>): Promise<void> {
    await this.database.write(ctx, work => this.close(ctx, work, queue, 'DAY_OVER', () => true));
  }

  private async cancelled(
    ctx: Context,
    { facilityId, sessionId }: { facilityId: string; sessionId: string },
  ): Promise<void> {
    await this.database.write(ctx, async work => {
      const queue = await this.store.queue(work, facilityId, sessionId);
      if (queue) await this.close(ctx, work, queue, CANCELLED, ({ state }) => isBeforeDose(state));
    });
  }

  private async close(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionId, day }: Pick<QueueRow, 'facilityId' | 'sessionId' | 'day'>,
    reason: string,
    goes: (visit: VisitRow) => boolean,
  ): Promise<void> {
    await this.store.lock(work, facilityId, day);
    const queue = await this.store.queue(work, facilityId, sessionId);
    const leaving = (await this.store.openToChange(work, facilityId, sessionId)).filter(goes);
    await this.move.run(
      work,
      leaving.map(visit => ({ ctx, visit, steps: endOf(visit, ctx.now(), reason) })),
    );
    if (queue?.closedAt) return;
    await this.store.close(work, { facilityId, sessionId }, ctx.now(), reason);
    this.audit.record(ctx, work, {
      action: 'queue.close',
      resource: { type: 'session', id: sessionId },
      facilityId,
      detail: { reason, left: leaving.length },
    });
  }
}

function endOf(visit: VisitRow, at: Date, reason: string) {
  const ending = endingOf(visit, at, reason);
  if ('reasonNeeded' in ending) throw new Error('A reason is given');
  return ending.steps.map(step => ({ step, at, reason: step === 'OBSERVED' ? null : reason }));
}
