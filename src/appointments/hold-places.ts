import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places, SessionsStore } from '../facilities';
import type { Context } from '../platform/context';
import { Database, orRefusal } from '../platform/database';
import { notFound } from '../platform/errors';
import type { Booking, HoldPlacesGraphqlInput } from './appointment.graphql';
import { HOLD_SECONDS } from './appointment-rules';
import { type AlreadyBooked, SessionFull, type TooYoungOrOld } from './appointments.refusals';
import { AppointmentsStore } from './appointments.store';
import { Availabilities } from './availability';
import { BookingView } from './booking-view';
import { bookingPermission, type NotBookable, Seating } from './seating';
import { SweepExpiredHolds } from './sweep-expired-holds';

type Refusals = SessionFull | AlreadyBooked | TooYoungOrOld | NotBookable;

/** Places are kept for people who come together while they make up their minds: for all of them or for nobody. */
@Injectable()
export class HoldPlaces {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
    private readonly places: Places,
    private readonly seating: Seating,
    private readonly sweep: SweepExpiredHolds,
    private readonly store: AppointmentsStore,
    private readonly availability: Availabilities,
    private readonly view: BookingView,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for a session that is not there or a person whom the caller may not act for. */
  async run(ctx: Context, input: HoldPlacesGraphqlInput): Promise<Booking | Refusals> {
    const permission = bookingPermission(ctx);
    await this.sweep.run(ctx);
    const answer = await orRefusal<Booking | Refusals, Refusals>(() => this.hold(ctx, input, permission));
    if (answer instanceof SessionFull)
      answer.alternatives = await this.availability.alternatives(ctx, input, input.people);
    return answer;
  }

  private hold(
    ctx: Context,
    input: HoldPlacesGraphqlInput,
    permission: ReturnType<typeof bookingPermission>,
  ): Promise<Booking | Refusals> {
    return this.database.write(ctx, async work => {
      const at = await this.places.of(work, input.facilityId);
      const session = await this.sessions.session(work, input.facilityId, input.sessionId);
      if (!session) throw notFound();
      const guests = await this.seating.guests(ctx, work, input.people, session, { permission, at });
      const refusal = this.seating.notBookable(ctx, session) ?? this.seating.wrongAge(ctx, session, guests);
      if (refusal) return refusal;
      const made = permission === 'appointment.book-own' ? 'OWN' : 'ASSISTED';
      const rows = await this.seating.seat(ctx, work, session, guests, {
        bookingId: ctx.newId(),
        made,
        accountId: made === 'OWN' ? ctx.actor.id : null,
        state: 'HELD',
        expiresAt: new Date(ctx.now().getTime() + HOLD_SECONDS * 1000),
        take: 'hold',
        pools: this.seating.poolsFor(session, guests, made),
      });
      for (const { personId, facilityId, bookingId } of rows)
        this.audit.record(ctx, work, {
          action: 'appointment.hold',
          resource: { type: 'booking', id: bookingId },
          personId,
          facilityId,
        });
      return this.view.booking(ctx, await this.store.ofBooking(work, input.facilityId, rows[0]!.bookingId));
    });
  }
}
