import { factType } from '../../platform/events';

/** A partner captured events for real. Aggregate: the partner's id. */
export const eventsCaptured = factType<{ partnerId: string; captureId: string; events: number }>(
  'interop.events-captured',
);
