import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places, SessionPlaces } from '../../facilities';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { mayFor, Persons } from '../../registry';
import type { Booking, CancelAppointmentGraphqlInput } from '../appointment.graphql';
import { appointmentCancelled, type CancelledBecause } from '../appointments.events';
import { type AppointmentRow, AppointmentsStore } from '../appointments.store';
import { BookingView } from './booking-view';
import { PlacesAtHand } from './places-at-hand';
import { bookingPermission } from './seating';

/** What ends a place that was kept for somebody too, and that she must be told of. */
const PROMISES: readonly CancelledBecause[] = ['session-cancelled', 'not-kept'];

/** Some or all people of a booking will not come; their places can be taken by others at once. */
@Injectable()
export class CancelAppointment {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly persons: Persons,
    private readonly counters: SessionPlaces,
    private readonly store: AppointmentsStore,
    private readonly view: BookingView,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND when no such person has a place in such a booking, or she is not the caller's to act for. */
  run(ctx: Context, input: CancelAppointmentGraphqlInput): Promise<Booking> {
    const permission = bookingPermission(ctx);
    const { facilityId, bookingId, personIds } = input;
    return this.database.write(ctx, async work => {
      const at = await this.places.of(work, facilityId);
      await this.counters.lock(work, await this.store.ofBookings(work, [input], 'to read'));
      const all = await this.store.ofBookings(work, [input], 'to change');
      const open = all.filter(row => row.state === 'HELD' || row.state === 'BOOKED');
      const leaving = open.filter(row => personIds?.includes(row.personId) ?? true);
      if (leaving.length === 0 || leaving.length < (personIds?.length ?? 0)) throw notFound();
      for (const { personId } of leaving)
        mayFor(ctx, permission, await this.persons.byId(ctx, work, personId), at);
      await this.cancel(ctx, work, leaving, 'asked');
      return this.view.booking(ctx, await this.store.ofBooking(work, facilityId, bookingId));
    });
  }

  /** Ends these appointments of one booking, which the unit of work has locked behind the gate of their session. */
  async cancel(
    ctx: Context,
    work: UnitOfWork,
    rows: readonly AppointmentRow[],
    because: CancelledBecause,
  ): Promise<void> {
    const { facilityId, bookingId } = rows[0]!;
    await this.store.setState(ctx, work, rows, 'CANCELLED');
    await this.store.endClaims(ctx, work, rows);
    const places = new PlacesAtHand();
    for (const row of rows) places.giveBack(row, row.state === 'HELD' ? 'held' : 'booked');
    await this.counters.move(work, places.moves());
    const promised = rows.filter(({ state }) => state === 'BOOKED' || PROMISES.includes(because));
    if (promised.length > 0)
      this.outbox.announce(ctx, work, appointmentCancelled, bookingId, {
        facilityId,
        bookingId,
        language: ctx.languages[0]!,
        appointmentIds: promised.map(({ id }) => id),
        because,
      });
    for (const { personId } of rows)
      this.audit.record(ctx, work, {
        action: 'appointment.cancel',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
        detail: { because },
      });
  }
}
