import type { Milestone, MilestoneKind } from '../consignments/plan-rules';

/** What a receiver is told of by message. Hub after hub is on the tracking page, for whoever wants to know. */
const TOLD: ReadonlySet<MilestoneKind> = new Set([
  'ACCEPTED',
  'OUT_FOR_DELIVERY',
  'READY_FOR_PICKUP',
  'DELIVERY_FAILED',
  'DELIVERED',
  'REDIRECTED',
  'RETURNING',
  'RETURNED',
]);
/** “It comes today” of another day is not true: that is told within so long, and else not. Milliseconds. */
const COMES_TODAY = 12 * 3_600_000;

/** Whether the newest milestone is told. A device may tell of it days late. */
export const isWorthTelling = ({ status, at }: Pick<Milestone, 'status' | 'at'>, now: Date): boolean =>
  TOLD.has(status) && (status !== 'OUT_FOR_DELIVERY' || now.getTime() - at / 1000 < COMES_TODAY);
