import { factType } from '../platform/events';

/** Which booking; the people in it are read from it. `language` is the one that whoever booked was answered in. */
export interface BookingFact {
  facilityId: string;
  bookingId: string;
  language: string;
}

/** A booking was confirmed. Aggregate: the booking's id. */
export const appointmentConfirmed = factType<BookingFact>('appointments.appointment-confirmed');

/**
 * Why an appointment ended: it was asked for; or the session will not be held, or there are too few doses, and she is the
 * first to get another place; or somebody who was only booking is asked again when she confirms.
 */
export type CancelledBecause = 'asked' | 'session-cancelled' | 'not-kept' | 'hold-ended';

/** Some or all people of a booking will not come, or cannot. Aggregate: the booking's id. */
export const appointmentCancelled = factType<
  BookingFact & { appointmentIds: string[]; because: CancelledBecause }
>('appointments.appointment-cancelled');

/**
 * Some or all people of a booking have a place elsewhere instead; `because` when not they but the facility moved them.
 * Aggregate: the new booking's id.
 */
export const appointmentMoved = factType<MovedFact>('appointments.appointment-moved');
export type MovedFact = BookingFact & {
  from: { facilityId: string; bookingId: string };
  because?: 'not-kept';
};

/**
 * A place is kept for somebody who has not asked for it, until she confirms it or others may have it. Aggregate: the
 * booking's id.
 */
export const placeKept = factType<BookingFact>('appointments.place-kept');
