import { factType } from '../platform/events';

/** A departure will not run on one day; what was to travel by it goes another way. Aggregate: the leg's id. */
export const runCancelled = factType<{ fromHubId: string; legId: string; day: string }>(
  'delivery.run-cancelled',
);
