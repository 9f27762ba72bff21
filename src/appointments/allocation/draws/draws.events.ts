import { factType } from '../../../platform/events';

/** A place of a draw is kept for somebody, or hers already. Aggregate: the booking's id. */
export const placeOffered = factType<{
  facilityId: string;
  drawId: string;
  entryId: string;
  personId: string;
  bookingId: string;
}>('appointments.place-offered');

/** Somebody who asked is to be told of a session. Aggregate: the alert's id. */
export const alertDue = factType<{
  accountId: string;
  alertId: string;
  facilityId: string;
  sessionId: string;
}>('appointments.alert-due');
