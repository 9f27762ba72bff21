import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { may, mayAnywhere } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { Texts } from '../../../platform/i18n';
import { type PaceBookingGraphqlInput, WaitingRoom, WaitYourTurn } from './waiting-room.graphql';
import { type Ticket, WaitingRoomStore } from './waiting-room.store';
import { inLine, type Pace } from './waiting-rules';

/** How long whoever was let in may book. */
const VALID_MS = 15 * 60_000;
/** How long a process trusts what it knows of the pace before it asks again. */
const FRESH_MS = 2_000;

/**
 * Lets citizens in to book one after another when a country has set a pace, and tells those who wait where they are
 * instead of failing. Staff do not wait: people stand before them.
 */
@Injectable()
export class WaitToBook {
  private readonly known = new Map<string, { pace: Promise<Pace | null>; checkedAt: number }>();

  constructor(
    private readonly database: Database,
    private readonly store: WaitingRoomStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Runs `book` for who may go in; anybody else is put in the line, once, and told where she is. */
  async before<Answer>(ctx: Context, book: () => Promise<Answer>): Promise<Answer | WaitYourTurn> {
    const pace = ctx.actor.kind === 'citizen' ? await this.pace(ctx) : null;
    if (!pace) return book();
    mayAnywhere(ctx, 'appointment.book-own');
    const asked = { pace, now: ctx.now(), validMs: VALID_MS };
    const ticket =
      (await this.database.read(ctx, work => this.store.ticket(work, ctx.actor.id!, asked.now))) ??
      (await this.database.write(ctx, work => this.store.take(work, ctx.actor.id!, asked)));
    if (ticket.admittedFrom <= ctx.now()) return book(); // read anew: the bucket knows the clocks of later calls
    const waitingRoom = viewOf(ctx, pace, ticket);
    const message = this.texts.say(ctx, 'appointments.waitYourTurn', {
      ahead: waitingRoom.ahead,
      minutes: waitingRoom.etaMinutes,
    });
    return Object.assign(new WaitYourTurn(), { message, waitingRoom });
  }

  /** Where the citizen is in the line. */
  async whereAmI(ctx: Context): Promise<WaitingRoom> {
    mayAnywhere(ctx, 'appointment.book-own');
    const pace = await this.pace(ctx);
    const ticket =
      pace && (await this.database.read(ctx, work => this.store.ticket(work, ctx.actor.id!, ctx.now())));
    return viewOf(ctx, pace, ticket);
  }

  /** Sets how fast citizens are let in; without `perMinute` nobody waits any more. */
  async setPace(ctx: Context, { perMinute, burst }: PaceBookingGraphqlInput): Promise<WaitingRoom> {
    may(ctx, 'booking.pace');
    const pace = perMinute ? { perMinute, burst } : null;
    await this.database.write(ctx, async work => {
      await this.store.setPace(work, pace);
      this.audit.record(ctx, work, {
        action: 'booking.pace',
        resource: { type: 'waiting-room', id: null },
        detail: { perMinute: pace?.perMinute ?? null, burst: pace?.burst ?? null },
      });
    });
    this.known.delete(ctx.tenant!.code);
    return viewOf(ctx, pace, null);
  }

  private pace(ctx: Context): Promise<Pace | null> {
    if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
    const { code } = ctx.tenant;
    const known = this.known.get(code);
    if (known && performance.now() - known.checkedAt < FRESH_MS) return known.pace;
    const pace = this.database.read(ctx, work => this.store.pace(work));
    this.known.set(code, { pace, checkedAt: performance.now() });
    pace.catch(() => this.known.delete(code));
    return pace;
  }
}

function viewOf(ctx: Context, pace: Pace | null, ticket: Ticket | null): WaitingRoom {
  const line = pace && ticket ? inLine(ticket.admittedFrom, ctx.now(), pace) : null;
  return Object.assign(new WaitingRoom(), {
    open: pace !== null,
    position: line?.position ?? 0,
    ahead: line?.ahead ?? 0,
    etaMinutes: line?.etaMinutes ?? 0,
    admittedFrom: ticket?.admittedFrom ?? null,
    validUntil: ticket?.validUntil ?? null,
  });
}
