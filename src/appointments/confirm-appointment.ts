import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places, SessionPlaces } from '../facilities';
import type { Context } from '../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../platform/database';
import { notFound } from '../platform/errors';
import { Outbox } from '../platform/events';
import { Texts } from '../platform/i18n';
import { mayFor, Persons } from '../registry';
import type { Booking, ConfirmAppointmentGraphqlInput } from './appointment.graphql';
import { countPools } from './appointment-rules';
import { appointmentConfirmed } from './appointments.events';
import { HoldExpired, SessionCancelled } from './appointments.refusals';
import { type AppointmentRow, AppointmentsStore } from './appointments.store';
import { BookingView } from './booking-view';
import { CheckInCodes } from './check-in-codes';
import { bookingPermission } from './seating';

type Refusals = HoldExpired | SessionCancelled;

/** Held places become appointments with codes: the whole family's, or nobody's. */
@Injectable()
export class ConfirmAppointment {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly persons: Persons,
    private readonly counters: SessionPlaces,
    private readonly store: AppointmentsStore,
    private readonly codes: CheckInCodes,
    private readonly view: BookingView,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for a booking of people whom the caller may not act for. The same key again: the same answer. */
  run(ctx: Context, input: ConfirmAppointmentGraphqlInput): Promise<Booking | Refusals> {
    const permission = bookingPermission(ctx);
    const { facilityId, bookingId, idempotencyKey } = input;
    return orRefusal<Booking, Refusals>(() =>
      this.database.write(ctx, async work => {
        const at = await this.places.of(work, facilityId);
        const known = await this.store.ofBookingToChange(work, facilityId, bookingId, [
          'HELD',
          'BOOKED',
          'EXPIRED',
        ]);
        if (known.length === 0) throw notFound();
        for (const { personId } of known)
          mayFor(ctx, permission, await this.persons.byId(ctx, work, personId), at);
        await once(ctx, work, idempotencyKey, { facilityId, bookingId }, async () => {
          await this.confirm(ctx, work, known);
          return bookingId;
        });
        const rows = await this.store.ofBooking(work, facilityId, bookingId);
        return this.view.booking(
          ctx,
          rows.filter(row => row.state !== 'CANCELLED'),
        );
      }),
    );
  }

  private async confirm(ctx: Context, work: UnitOfWork, rows: readonly AppointmentRow[]): Promise<void> {
    const { facilityId, sessionId, bookingId } = rows[0]!;
    if (rows.every(row => row.state === 'BOOKED')) return; // confirmed before, with another key
    if (rows.some(row => row.state !== 'HELD' || row.expiresAt! <= ctx.now()))
      throw this.refused(ctx, HoldExpired, 'holdExpired');
    for (const [pool, count] of countPools(rows.map(row => row.pool))) {
      if (!(await this.counters.confirm(work, { facilityId, sessionId, pool }, count)))
        throw this.refused(ctx, SessionCancelled, 'sessionCancelled');
    }
    await this.store.setState(ctx, work, rows, 'BOOKED');
    await this.codes.give(ctx, work, rows);
    const language = ctx.languages[0]!;
    await this.outbox.announce(ctx, work, appointmentConfirmed, bookingId, {
      facilityId,
      bookingId,
      language,
    });
    for (const { personId } of rows)
      this.audit.record(ctx, work, {
        action: 'appointment.confirm',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
      });
  }

  private refused(ctx: Context, refusal: new () => Refusals, key: string): Refused<Refusals> {
    return new Refused(Object.assign(new refusal(), { message: this.texts.say(ctx, `appointments.${key}`) }));
  }
}
