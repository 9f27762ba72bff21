import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import type { Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { mayFor } from '../../registry';
import type { Booking, RescheduleAppointmentGraphqlInput } from '../appointment.graphql';
import { appointmentMoved } from '../appointments.events';
import {
  type AlreadyBooked,
  SessionFull,
  type TooManyPlaces,
  type TooYoungOrOld,
} from '../appointments.refusals';
import { type AppointmentRow, AppointmentsStore } from '../appointments.store';
import { Availabilities } from '../availability';
import { BookingCaps } from '../caps/booking-caps';
import { BookingView } from './booking-view';
import { CheckInCodes } from '../attendance/check-in-codes';
import { bookingPermission, type NotBookable, type Room, type Seated, Seating } from './seating';
import { SweepExpiredHolds } from './sweep-expired-holds';

type Refusals = SessionFull | AlreadyBooked | TooYoungOrOld | TooManyPlaces | NotBookable;

/** People of a booking come to another session instead. Until all of them have a place there, they keep the old ones. */
@Injectable()
export class RescheduleAppointment {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly seating: Seating,
    private readonly caps: BookingCaps,
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
        const before = await this.store.ofBookings(work, [input], 'to read');
        const party = { facilityId: input.toFacilityId, sessionId: input.toSessionId, people: before };
        const room = await this.seating.enter(ctx, work, [party], before);
        moving = (await this.store.ofBookings(work, [input], 'to change')).filter(isConcerned(input));
        if (moving.length === 0 || moving.length < (input.personIds?.length ?? 0)) throw notFound();
        for (const { personId } of moving) mayFor(ctx, permission, room.persons.get(personId)!, at);
        const moved = await once(ctx, work, idempotencyKey, request, () =>
          this.move(ctx, work, input, { room, known: moving, permission }),
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
    { room, known, permission }: { room: Room; known: readonly AppointmentRow[]; permission: Permission },
  ): Promise<string> {
    const old = known.filter(row => row.state === 'BOOKED');
    // Of people who are named all are moved or nobody; who was moved before is no longer in this booking.
    if (old.length < (input.personIds?.length ?? 1)) throw notFound();
    const party = { facilityId: input.toFacilityId, sessionId: input.toSessionId, people: old };
    const session = this.seating.session(room, party);
    if (old.some(row => row.sessionId === session.id))
      throw invalid('toSessionId', 'appointments.fault.sameSession');
    const guests = this.seating.guests(ctx, room, party, permission);
    const [held = null] = await this.caps.look(work, room, [{ ctx, ...party, device: input.device ?? null }]);
    const refusal =
      this.seating.notBookable(ctx, session) ??
      this.seating.wrongAge(ctx, session, guests) ??
      this.caps.refusal(ctx, held, guests.length);
    if (refusal) throw new Refused(refusal);
    const { made, accountId, language } = old[0]!;
    const as = {
      bookingId: ctx.newId(),
      made,
      accountId,
      language,
      state: 'BOOKED',
      expiresAt: null,
      leaving: old,
    } as const;
    const rows = this.seating.seat(ctx, room, session, guests, as);
    await this.store.setState(ctx, work, old, 'MOVED');
    await this.store.endClaims(ctx, work, old);
    if (!(await this.seating.write(ctx, work, room, [rows]))) throw new AppError('CONFLICT');
    await this.caps.keep(work, [{ held, seated: rows }]);
    await this.store.book(work, await this.codes.forEach(ctx, rows));
    await this.tell(ctx, work, input, rows);
    return as.bookingId;
  }

  private async tell(
    ctx: Context,
    work: UnitOfWork,
    input: RescheduleAppointmentGraphqlInput,
    rows: Seated,
  ): Promise<void> {
    const { bookingId, facilityId } = rows[0]!;
    const from = { facilityId: input.facilityId, bookingId: input.bookingId };
    const language = ctx.languages[0]!;
    this.outbox.announce(ctx, work, appointmentMoved, bookingId, {
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
  }
}

/** Which appointments of the booking the request is about. Those that were moved before are: it may be sent again. */
const isConcerned =
  ({ personIds }: RescheduleAppointmentGraphqlInput) =>
  ({ state, personId }: AppointmentRow): boolean =>
    (state === 'BOOKED' || state === 'MOVED') && (personIds?.includes(personId) ?? true);
