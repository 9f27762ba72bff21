import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { TenantKeys } from '../../tenancy';
import { Appointment, Booking } from '../appointment.graphql';
import type { AppointmentRow } from '../appointments.store';

/**
 * Appointments as the caller may see them. A check-in code is opened only for a citizen, who got here because the
 * people are her own: staff who could see it could check in somebody who is not there.
 */
@Injectable()
export class BookingView {
  constructor(private readonly keys: TenantKeys) {}

  async booking(ctx: Context, rows: readonly AppointmentRow[]): Promise<Booking> {
    const [first] = rows;
    if (!first) throw new Error('A booking has appointments');
    const appointments = await this.appointments(ctx, rows);
    return Object.assign(new Booking(), { id: first.bookingId, facilityId: first.facilityId, appointments });
  }

  appointments(ctx: Context, rows: readonly AppointmentRow[]): Promise<Appointment[]> {
    return Promise.all(rows.map(row => this.appointment(ctx, row)));
  }

  async appointment(ctx: Context, row: AppointmentRow): Promise<Appointment> {
    const { pool: _, codeSealed: __, ...shown } = row;
    const checkInCode = ctx.actor.kind === 'citizen' ? await this.codeOf(ctx, row) : null;
    return Object.assign(new Appointment(), shown, { checkInCode });
  }

  /** The code of a booked appointment, for its holder's eyes; null while there is none. */
  async codeOf(
    ctx: Context,
    row: Pick<AppointmentRow, 'id' | 'codeSealed' | 'state'>,
  ): Promise<string | null> {
    return row.codeSealed && row.state === 'BOOKED'
      ? this.keys.open(ctx, sealedAt(row.id), row.codeSealed)
      : null;
  }
}

/** Where a code is sealed: it opens in its own row only. */
export const sealedAt = (appointmentId: string) => ({
  table: 'appointment',
  column: 'code_sealed',
  row: appointmentId,
});
