import { factType } from '../platform/events';

/** A departure will not run on one day; what was to travel by it goes another way. Aggregate: the leg's id. */
export const runCancelled = factType<{ fromHubId: string; legId: string; day: string }>(
  'delivery.run-cancelled',
);

/** A consignment was scanned, itself or with what it is in. Aggregate: the code of its unit. */
export const consignmentMoved = factType<{ unitId: string }>('delivery.consignment-moved');

/** A consignment was announced: it is planned and promised. Aggregate: the code of its unit. */
export const consignmentSent = factType<{ unitId: string }>('delivery.consignment-sent');

/** What is due of a consignment, or what went wrong with it, is another than it was. Aggregate: the code of its unit. */
export const consignmentPlanned = factType<{ unitId: string }>('delivery.consignment-planned');

/** What carried a consignment was too cold (`low`) or too warm (`high`) for too long. Aggregate: the code of its unit. */
export const consignmentExposed = factType<{ unitId: string; side: 'low' | 'high'; since: string }>(
  'delivery.consignment-exposed',
);
