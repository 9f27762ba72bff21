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
