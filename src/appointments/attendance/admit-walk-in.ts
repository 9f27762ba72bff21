import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilNow, Places, type SessionRow } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import type { AdmitWalkInGraphqlInput, Appointment } from '../appointment.graphql';
import {
  type AlreadyBooked,
  NotOpenYet,
  NotToday,
  type SessionCancelled,
  type SessionFull,
  type SessionOver,
  type TooYoungOrOld,
} from '../appointments.refusals';
import { AppointmentsStore } from '../appointments.store';
import { BookingView } from '../booking/booking-view';
import { Arrivals } from '../facility-day/arrivals';
import { Seating } from '../booking/seating';

type Refusals = SessionFull | NotToday | SessionOver | SessionCancelled | TooYoungOrOld | AlreadyBooked;

/** Somebody came without an appointment: she gets a place kept for walk-ins, or one that nobody has booked. */
@Injectable()
export class AdmitWalkIn {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly seating: Seating,
    private readonly arrivals: Arrivals,
    private readonly store: AppointmentsStore,
    private readonly view: BookingView,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND, INVALID_INPUT for what the session does not give. Somebody who has a place there keeps it. */
  run(ctx: Context, input: AdmitWalkInGraphqlInput): Promise<Appointment | Refusals> {
    mayAnywhere(ctx, 'appointment.check-in');
    return orRefusal<Appointment | Refusals, Refusals>(() =>
      this.database.write(ctx, async work => {
        const { facilityId, sessionId, person } = input;
        may(ctx, 'appointment.check-in', await this.places.of(work, facilityId));
        const party = { facilityId, sessionId, people: [person] };
        const queue = await this.arrivals.queueOf(work, input);
        const room = await this.seating.enter(ctx, work, [party]);
        const session = this.seating.session(room, party);
        const notNow = this.notNow(ctx, session);
        if (notNow) return notNow;
        const guests = this.seating.guests(ctx, room, party, 'appointment.check-in');
        const wrongAge = this.seating.wrongAge(ctx, session, guests);
        if (wrongAge) return wrongAge;
        const { personId } = guests[0]!;
        const known = await this.store.ofPersonToChange(work, session.facilityId, session.id, personId);
        const come = async (booked: boolean): Promise<void> => {
          if (queue) await this.arrivals.enter(ctx, work, { queue, session }, [{ personId, booked }]);
        };
        if (known?.state === 'CHECKED_IN') {
          await come(known.made !== 'WALK_IN');
          return this.view.appointment(ctx, known);
        }
        if (known?.state === 'BOOKED') {
          await this.store.checkIn(ctx, work, known, 'walk-in');
        } else {
          const seated = this.seating.seat(ctx, room, session, guests, {
            bookingId: ctx.newId(),
            made: 'WALK_IN',
            accountId: null,
            language: null,
            state: 'CHECKED_IN',
            expiresAt: null,
          });
          if (!(await this.seating.write(ctx, work, room, [seated]))) throw new AppError('CONFLICT');
        }
        await come(known?.state === 'BOOKED');
        this.audit.record(ctx, work, {
          action: 'appointment.walk-in',
          resource: { type: 'session', id: session.id },
          personId,
          facilityId: session.facilityId,
        });
        const row = await this.store.ofPersonToChange(work, session.facilityId, session.id, personId);
        return this.view.appointment(ctx, row!);
      }),
    );
  }

  private notNow(ctx: Context, session: SessionRow): NotToday | SessionCancelled | SessionOver | null {
    if (session.date !== civilNow(ctx).date)
      return Object.assign(new NotToday(), {
        message: this.texts.say(ctx, 'appointments.notToday'),
        date: session.date,
      });
    const refusal = this.seating.notBookable(ctx, session);
    return refusal instanceof NotOpenYet ? null : refusal; // whoever stands there need not wait for booking to begin
  }
}
