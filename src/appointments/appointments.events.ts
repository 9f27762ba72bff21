import { factType } from '../platform/events';

/** Which booking; the people in it are read from it. `language` is the one that whoever booked was answered in. */
export interface BookingFact {
  facilityId: string;
  bookingId: string;
  language: string;
}

/** A booking was confirmed. Aggregate: the booking's id. */
export const appointmentConfirmed = factType<BookingFact>('appointments.appointment-confirmed');

/** Some or all people of a booking will not come, or their session will not be held. Aggregate: the booking's id. */
export const appointmentCancelled = factType<
  BookingFact & { appointmentIds: string[]; because: 'asked' | 'session-cancelled' }
>('appointments.appointment-cancelled');

/** Some or all people of a booking have a place elsewhere instead. Aggregate: the new booking's id. */
export const appointmentMoved = factType<BookingFact & { from: { facilityId: string; bookingId: string } }>(
  'appointments.appointment-moved',
);

/** A place is kept for somebody who has not asked for it, until she confirms it or others may have it. Aggregate: the booking's id. */
export const placeKept = factType<BookingFact>('appointments.place-kept');
