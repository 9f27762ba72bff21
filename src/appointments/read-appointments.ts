import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { decodeCursor, isId, type Page, type PageRequest, pageOf } from '../common';
import { Places, SessionsStore } from '../facilities';
import { may, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { notFound } from '../platform/errors';
import { Persons } from '../registry';
import type { Appointment } from './appointment.graphql';
import { AppointmentsStore } from './appointments.store';
import { BookingView } from './booking/booking-view';

/** Appointments: a citizen those of her people, staff those of a session. */
@Injectable()
export class ReadAppointments {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly persons: Persons,
    private readonly store: AppointmentsStore,
    private readonly view: BookingView,
    private readonly audit: AuditTrail,
  ) {}

  /** The open appointments of the people whom the citizen acts for, soonest first. */
  mine(ctx: Context): Promise<Appointment[]> {
    mayAnywhere(ctx, 'appointment.book-own');
    return this.database.read(ctx, async work => {
      const people = await this.persons.peopleOf(ctx, work, ctx.actor.id!);
      const rows = await this.store.openOf(
        work,
        people.map(person => person.id),
      );
      for (const personId of new Set(rows.map(row => row.personId)))
        this.audit.record(ctx, work, {
          action: 'appointment.read',
          resource: { type: 'person', id: personId },
          personId,
        });
      return this.view.appointments(ctx, rows);
    });
  }

  /** Who has a place in a session. Throws NOT_FOUND. */
  async ofSession(
    ctx: Context,
    input: { facilityId: string; sessionId: string },
    page: PageRequest,
  ): Promise<Page<Appointment>> {
    mayAnywhere(ctx, 'appointment.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'appointment.read', await this.places.of(work, input.facilityId));
      if (!(await this.sessions.session(work, input.facilityId, input.sessionId))) throw notFound();
      const after = page.after ? decodeCursor(page.after) : '';
      const rows = await this.store.ofSession(work, input, {
        first: page.first,
        after: isId(after) ? after : null,
      });
      const { items, endCursor } = pageOf(rows, page.first, row => row.id);
      for (const { personId, facilityId } of items)
        this.audit.record(ctx, work, {
          action: 'appointment.read',
          resource: { type: 'session', id: input.sessionId },
          personId,
          facilityId,
        });
      return { items: await this.view.appointments(ctx, items), endCursor };
    });
  }
}
