import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places, type SessionRow, SessionsStore } from '../facilities';
import type { Context } from '../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../platform/database';
import { invalid, notFound } from '../platform/errors';
import { Outbox } from '../platform/events';
import { mayFor, Persons } from '../registry';
import type { Booking, RescheduleAppointmentGraphqlInput } from './appointment.graphql';
import { appointmentMoved } from './appointments.events';
import { type AlreadyBooked, SessionFull, type TooYoungOrOld } from './appointments.refusals';
import { type AppointmentRow, AppointmentsStore } from './appointments.store';
import { Availabilities } from './availability';
import { BookingView } from './booking-view';
import { CheckInCodes } from './check-in-codes';
import { bookingPermission, type NotBookable, Seating } from './seating';
import { SweepExpiredHolds } from './sweep-expired-holds';

type Refusals = SessionFull | AlreadyBooked | TooYoungOrOld | NotBookable;

/** People of a booking come to another session instead. Until all of them have a place there, they keep the old ones. */
@Injectable()
export class RescheduleAppointment {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
    private readonly places: Places,
    private readonly persons: Persons,
    private readonly seating: Seating,
    private readonly sweep: SweepExpiredHolds,
    private readonly store: AppointmentsStore,
    private readonly codes: CheckInCodes,
    private readonly availability: Availabilities,
    private readonly view: BookingView,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND for a booking or session that is not there or not the caller's, INVALID_INPUT for the session
   * they are in already. The same key again: the same answer.
   */
  async run(ctx: Context, input: RescheduleAppointmentGraphqlInput): Promise<Booking | Refusals> {
    const permission = bookingPermission(ctx);
    await this.sweep.run(ctx);
    const { idempotencyKey, ...request } = input;
    let moving: AppointmentRow[] = [];
    const answer = await orRefusal<Booking, Refusals>(() =>
      this.database.write(ctx, async work => {
        const at = await this.places.of(work, input.facilityId);
        const known = await this.store.ofBookingToChange(work, input.facilityId, input.bookingId, [
          'BOOKED',
          'MOVED',
        ]);
        moving = known.filter(row => input.personIds?.includes(row.personId) ?? true);
        if (moving.length === 0 || moving.length < (input.personIds?.length ?? 0)) throw notFound();
        for (const { personId } of moving)
          mayFor(ctx, permission, await this.persons.byId(ctx, work, personId), at);
        const moved = await once(ctx, work, idempotencyKey, request, () =>
          this.move(ctx, work, input, moving),
        );
        return this.view.booking(ctx, await this.store.ofBooking(work, input.toFacilityId, moved!.id));
      }),
    );
    if (answer instanceof SessionFull) {
      const full = { facilityId: input.toFacilityId, sessionId: input.toSessionId };
      answer.alternatives = await this.availability.alternatives(ctx, full, moving);
    }
    return answer;
  }

  private async move(
    ctx: Context,
    work: UnitOfWork,
    input: RescheduleAppointmentGraphqlInput,
    known: readonly AppointmentRow[],
  ): Promise<string> {
    const old = known.filter(row => row.state === 'BOOKED');
    // Of people who are named all are moved or nobody; who was moved before is no longer in this booking.
    if (old.length < (input.personIds?.length ?? 1)) throw notFound();
    const session = await this.sessions.session(work, input.toFacilityId, input.toSessionId);
    if (!session) throw notFound();
    if (old.some(row => row.sessionId === session.id))
      throw invalid('toSessionId', 'appointments.fault.sameSession');
    const rows = await this.swap(ctx, work, session, old);
    await this.codes.give(ctx, work, rows);
    const { bookingId, facilityId } = rows[0]!;
    const from = { facilityId: input.facilityId, bookingId: input.bookingId };
    const language = ctx.languages[0]!;
    await this.outbox.announce(ctx, work, appointmentMoved, bookingId, {
      facilityId,
      bookingId,
      language,
      from,
    });
    for (const { personId } of rows)
      this.audit.record(ctx, work, {
        action: 'appointment.reschedule',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
      });
    return bookingId;
  }

  /** Gives the old places back and takes the new ones, whichever session comes first in the order of counters first. */
  private async swap(ctx: Context, work: UnitOfWork, session: SessionRow, old: readonly AppointmentRow[]) {
    const at = await this.places.of(work, session.facilityId);
    const permission = bookingPermission(ctx);
    const guests = await this.seating.guests(ctx, work, old, session, { permission, at });
    const refusal = this.seating.notBookable(ctx, session) ?? this.seating.wrongAge(ctx, session, guests);
    if (refusal) throw new Refused(refusal);
    await this.store.setState(ctx, work, old, 'MOVED');
    await this.store.endClaims(ctx, work, old);
    const giveBack = (): Promise<void> =>
      this.seating.giveBack(
        work,
        old.map(row => ({ ...row, state: 'BOOKED' as const })),
      );
    const first = `${old[0]!.facilityId} ${old[0]!.sessionId}` < `${session.facilityId} ${session.id}`;
    if (first) await giveBack();
    const rows = await this.seating.seat(ctx, work, session, guests, {
      bookingId: ctx.newId(),
      made: old[0]!.made,
      accountId: old[0]!.accountId,
      state: 'BOOKED',
      expiresAt: null,
      take: 'book',
      pools: this.seating.poolsFor(session, guests, 'OWN'),
    });
    if (!first) await giveBack();
    return rows;
  }
}
