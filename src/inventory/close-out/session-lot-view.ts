import { balanceOf, type LineBalance, wastageRate } from './close-out-rules';
import type { Line } from './line-products';
import { SessionLoss, SessionLot } from './session-lot.graphql';

/**
 * A line by its newest count and the records as they are now, so that a count that was overtaken shows by how much. One
 * that is disputed is as it was counted: nothing of it has been entered yet.
 */
export function asAccounted(line: Line): SessionLot {
  const { count, lotId } = line;
  if (line.state === 'DISPUTED') return sessionLot(line, { ...count!, lotId });
  const balance = balanceOf(line, count && { ...count, lotId, wasted: [] }, []);
  return sessionLot(line, { ...balance, difference: balance.difference - line.lost });
}

/** A line as it was counted. */
export function sessionLot(line: Line, balance: LineBalance): SessionLot {
  const { vialsOpened, returnedOpen, difference } = balance;
  const wasted = Object.entries(balance.wasted).map(([reason, doses]) =>
    Object.assign(new SessionLoss(), { reason, doses }),
  );
  return Object.assign(new SessionLot(), line, {
    vialsOpened,
    returnedOpen,
    difference,
    wasted,
    wastageRate: wastageRate({ ...line, wasted: balance.wasted }),
    reason: line.count?.reason ?? null,
    countedAt: line.count ? new Date(line.count.countedAt) : null,
  });
}
