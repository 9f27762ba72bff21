/**
 * The stage from which a vaccine vial monitor says that its vial must not be used: the inner square matches the ring
 * (3) or is darker (4). At 1 and 2 it is usable, at 2 before the others (WHO/V&B/99.18, Getting started with VVMs).
 */
export const VVM_DISCARD_POINT = 3;

/** Whether vials at the stage must not be used. `null`, nobody looked or there is no monitor, says nothing. */
export const isAtDiscardPoint = (stage: number | null): boolean =>
  stage !== null && stage >= VVM_DISCARD_POINT;

/** Whether vials at the stage go out before others, whatever their expiry (ibid.). */
export const isUsedFirst = (stage: number | null): boolean => stage === VVM_DISCARD_POINT - 1;

/** A lot on a shelf before more of it comes. */
export interface ShelfBefore {
  /** Whole doses on it, and those of it set aside for a shipment, which may come back to it. */
  doses: number;
  setAside: number;
  stage: number | null;
}

/** What a shelf comes to when vials at `seen` are put beside what is there: the worst of them, unless nothing is. */
export function stageAfterArrival(
  { doses, setAside, stage }: ShelfBefore,
  seen: number | null,
): number | null {
  if (doses + setAside === 0) return seen;
  return stage === null || seen === null ? (stage ?? seen) : Math.max(stage, seen);
}

/**
 * Whether somebody may read a shelf at `seen` that stands at `stage`, as `readBy` read it. The colour of a monitor never
 * goes back (WHO): that a shelf is not at the discard point after all is for a second person to say.
 */
export const mayRead = (
  { stage, readBy }: { stage: number | null; readBy: string | null },
  seen: number,
  who: string,
): boolean => !isAtDiscardPoint(stage) || isAtDiscardPoint(seen) || readBy !== who;
