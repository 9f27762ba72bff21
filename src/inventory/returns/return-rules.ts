import type { LotAtFacility } from '../lot';
import { type LotDoses, unopenedDoses } from '../shipments/allocation-rules';
import type { ReturnReason } from '../shipments/shipments.store';

/** Whether what comes back for that reason may be given to somebody else. */
export const isFit = (reason: ReturnReason): boolean => reason === 'EXCESS' || reason === 'NEAR_EXPIRY';

/** A lot of which more is to go back than can. */
export interface ReturnExcess {
  lotId: string;
  /** Doses that can go back: as many as came with that shipment and are still there unopened. */
  returnable: number;
}

/**
 * The lots of which more is to go back than came (`accepted` of the shipment), less what went back of it before, or than is
 * there in vials that nobody has opened.
 */
export function returnExcess(
  wanted: readonly LotDoses[],
  came: readonly { lotId: string; accepted: number | null }[],
  before: readonly LotDoses[],
  here: readonly LotAtFacility[],
): ReturnExcess[] {
  const accepted = new Map(came.map(line => [line.lotId, line.accepted ?? 0]));
  const back = new Map(before.map(({ lotId, doses }) => [lotId, doses]));
  const there = new Map(here.map(lot => [lot.id, unopenedDoses(lot)]));
  return wanted.flatMap(({ lotId, doses }) => {
    const left = (accepted.get(lotId) ?? 0) - (back.get(lotId) ?? 0);
    const returnable = Math.max(0, Math.min(left, there.get(lotId) ?? 0));
    return doses > returnable ? [{ lotId, returnable }] : [];
  });
}
