import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { decodeCursor, type Page, pageOf, type PageRequest } from '../../common';
import { civilNow, Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Persons } from '../../registry';
import type { OwnVisit, QueueArgs, QueueBoard, Visit, VisitHistory } from './queue.graphql';
import { type QueueKey, QueueStore, type VisitRow } from './queue.store';
import { visitView } from './queue-view';
import type { VisitState } from './visit-rules';

const NEXT = 10;
const MANY = 50;

/** A day at a facility as it is: for all to see by tickets, for the desks by visits, for a citizen her own. */
@Injectable()
export class ReadQueue {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly persons: Persons,
    private readonly store: QueueStore,
    private readonly audit: AuditTrail,
  ) {}

  /** What hangs on the wall. Throws NOT_FOUND for no such facility. */
  board(ctx: Context, args: QueueArgs): Promise<QueueBoard> {
    return this.database.read(ctx, async work => {
      await this.places.of(work, args.facilityId);
      const key = keyOf(ctx, args);
      const now = ctx.now();
      const { medianWait, longestWait, ...numbers } = await this.store.counts(work, key, now);
      const tickets = (state: VisitState, called: boolean, limit: number) =>
        this.store.shown(work, key, { state, called, limit }, now);
      const called = [...(await tickets('WAITING', true, MANY)), ...(await tickets('VERIFIED', true, MANY))];
      return {
        asOf: now,
        numbers,
        called: called
          .map(({ ticket, station, calledAt }) => ({ ticket, station, calledAt: calledAt! }))
          .sort((one, other) => other.calledAt.getTime() - one.calledAt.getTime()),
        nextToVerify: (await tickets('WAITING', false, NEXT)).map(({ ticket }) => ticket),
        nextToVaccinate: (await tickets('VERIFIED', false, NEXT)).map(({ ticket }) => ticket),
        mayGo: (await tickets('OBSERVED', false, MANY)).map(({ ticket }) => ticket),
        medianWaitMinutes: medianWait,
        longestWaitMinutes: longestWait,
      };
    });
  }

  /** Who is there today. Throws NOT_FOUND. */
  visits(
    ctx: Context,
    args: QueueArgs & { state?: VisitState | null },
    page: PageRequest,
  ): Promise<Page<Visit>> {
    mayAnywhere(ctx, 'queue.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'queue.read', await this.places.of(work, args.facilityId));
      const after = page.after ? Number(decodeCursor(page.after)) : null;
      const rows = await this.store.inQueue(work, keyOf(ctx, args), {
        state: args.state ?? null,
        after: Number.isInteger(after) ? after : null,
        first: page.first,
        now: ctx.now(),
      });
      const { items, endCursor } = pageOf(rows, page.first, ({ ticket }) => String(ticket));
      for (const row of items) this.note(ctx, work, row);
      return { items: items.map(row => visitView(ctx, row)), endCursor };
    });
  }

  /** One visit and what was done. Throws NOT_FOUND. */
  visit(ctx: Context, { facilityId, id }: { facilityId: string; id: string }): Promise<VisitHistory> {
    mayAnywhere(ctx, 'queue.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'queue.read', await this.places.of(work, facilityId));
      const row = await this.store.visit(work, facilityId, id);
      if (!row) throw notFound();
      this.note(ctx, work, row);
      return { visit: visitView(ctx, row), steps: await this.store.stepsOf(work, facilityId, row.id) };
    });
  }

  /** The visits of today of the people whom the citizen acts for, the newest first. */
  mine(ctx: Context): Promise<OwnVisit[]> {
    mayAnywhere(ctx, 'queue.read-own');
    return this.database.read(ctx, async work => {
      const people = await this.persons.peopleOf(ctx, work, ctx.actor.id!);
      const rows = await this.store.ofPeople(
        work,
        people.map(({ id }) => id),
        civilNow(ctx).date,
      );
      for (const row of rows) this.note(ctx, work, row);
      return rows.map(({ ahead, ...row }) => ({ visit: visitView(ctx, row), ahead }));
    });
  }

  private note(ctx: Context, work: UnitOfWork, { id, personId, facilityId }: VisitRow): void {
    this.audit.record(ctx, work, {
      action: 'visit.read',
      resource: { type: 'visit', id },
      personId,
      facilityId,
    });
  }
}

const keyOf = (ctx: Context, { facilityId, sessionId }: QueueArgs): QueueKey => ({
  facilityId,
  sessionId: sessionId ?? null,
  day: civilNow(ctx).date,
});
