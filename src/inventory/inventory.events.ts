import { factType } from '../platform/events';

/** Doses of a lot came to a facility from outside. Aggregate: the facility. */
export const stockReceived = factType<{ facilityId: string; lotId: string; moveId: string }>(
  'inventory.stock-received',
);

/** Doses of a lot were thrown away. Aggregate: the facility. */
export const stockWasted = factType<{ facilityId: string; lotId: string; moveId: string }>(
  'inventory.stock-wasted',
);

/** A lot may not be used, at one facility or (null) in the whole country. Aggregate: the lot. */
export const lotHeld = factType<{ lotId: string; holdId: string; facilityId: string | null }>(
  'inventory.lot-held',
);

/** A hold of a lot has ended; others may stand. Aggregate: the lot. */
export const lotReleased = factType<{ lotId: string; holdId: string; facilityId: string | null }>(
  'inventory.lot-released',
);

/**
 * A dose came late, or one was taken back, after its session had been counted: that line must be counted again.
 * Aggregate: the session.
 */
export const sessionCountReopened = factType<{ facilityId: string; sessionId: string; lotId: string }>(
  'inventory.session-count-reopened',
);

/** A vial of several doses was opened. Aggregate: the facility. */
export const vialOpened = factType<{ facilityId: string; lotId: string; vialId: string }>(
  'inventory.vial-opened',
);

/** A session was counted, and every lot ties out or awaits a second person. Aggregate: the session. */
export const sessionCounted = factType<{ facilityId: string; sessionId: string; disputed: boolean }>(
  'inventory.session-counted',
);

/** A second person decided on what a session could not account for. Aggregate: the session. */
export const sessionCountDecided = factType<{ facilityId: string; sessionId: string; approved: boolean }>(
  'inventory.session-count-decided',
);

/** Stock left for another facility. Aggregate: the facility that sends. */
export const stockDespatched = factType<{ facilityId: string; shipmentId: string; toFacilityId: string }>(
  'inventory.stock-despatched',
);

/** A shipment was counted where it arrived. Aggregate: the facility that receives. */
export const shipmentReceived = factType<{ facilityId: string; shipmentId: string; toFacilityId: string }>(
  'inventory.shipment-received',
);
