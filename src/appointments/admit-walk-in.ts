import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { civilNow, Places, SessionsStore } from '../facilities';
import { may, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, orRefusal } from '../platform/database';
import { notFound } from '../platform/errors';
import { Texts } from '../platform/i18n';
import type { AdmitWalkInGraphqlInput, Appointment } from './appointment.graphql';
import {
  type AlreadyBooked,
  NotToday,
  SessionCancelled,
  type SessionFull,
  SessionOver,
  type TooYoungOrOld,
} from './appointments.refusals';
import { AppointmentsStore } from './appointments.store';
import { BookingView } from './booking-view';
import { Seating } from './seating';

type Refusals = SessionFull | NotToday | SessionOver | SessionCancelled | TooYoungOrOld | AlreadyBooked;

/** Somebody came without an appointment: she gets a place kept for walk-ins, or one that nobody has booked. */
@Injectable()
export class AdmitWalkIn {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly seating: Seating,
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
        const at = await this.places.of(work, input.facilityId);
        may(ctx, 'appointment.check-in', at);
        const session = await this.sessions.session(work, input.facilityId, input.sessionId);
        if (!session) throw notFound();
        if (session.date !== civilNow(ctx).date)
          return Object.assign(new NotToday(), {
            message: this.texts.say(ctx, 'appointments.notToday'),
            date: session.date,
          });
        const notBookable = this.seating.notBookable(ctx, session);
        if (notBookable instanceof SessionCancelled || notBookable instanceof SessionOver) return notBookable;
        const access = { permission: 'appointment.check-in' as const, at };
        const guests = await this.seating.guests(ctx, work, [input.person], session, access);
        const wrongAge = this.seating.wrongAge(ctx, session, guests);
        if (wrongAge) return wrongAge;
        const { personId } = guests[0]!;
        const known = await this.store.ofPersonToChange(work, session.facilityId, session.id, personId);
        if (known?.state === 'CHECKED_IN') return this.view.appointment(ctx, known);
        if (known?.state === 'BOOKED') {
          await this.store.checkIn(ctx, work, known, 'walk-in');
        } else {
          await this.seating.seat(ctx, work, session, guests, {
            bookingId: ctx.newId(),
            made: 'WALK_IN',
            accountId: null,
            state: 'CHECKED_IN',
            expiresAt: null,
            take: 'book',
            pools: this.seating.poolsFor(session, guests, 'WALK_IN'),
          });
        }
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
}
