import type { BoxedLot } from '../../inventory';
import { microsecondsOf } from '../scans/instants';
import { common, type Stretch } from './inside-rules';

/** A lot of which doses were in a box just then, and the place that has them or will. */
export interface ExposedDoses {
  lotId: string;
  productCode: string;
  place: string;
}

/**
 * Which doses were in units at the time that each of them was in the carrier. A shipment is in its boxes from when it
 * was set aside (nobody says when it was packed) until it was counted; it is on the books of the sender until it
 * leaves, and of whoever receives it from then on.
 */
export const exposedDoses = (
  carried: readonly (Stretch & { unitId: string })[],
  boxed: readonly BoxedLot[],
): ExposedDoses[] =>
  boxed
    .filter(box => carried.some(stay => stay.unitId === box.unitId && common(stay, packedTime(box))))
    .map(({ lotId, productCode, state, facilityId, toFacilityId }) => ({
      lotId,
      productCode,
      place: state === 'ALLOCATED' ? facilityId : toFacilityId,
    }));

/**
 * For how long a box stands in what whoever packed it said: from when its shipment was set aside until it is scanned,
 * wherever that is, or counted. Scans of before are of what it carried then.
 */
export function saidTime(
  box: Pick<BoxedLot, 'since' | 'until'>,
  scans: readonly { at: number }[],
): Stretch | null {
  const packed = packedTime(box);
  const scanned = scans.find(({ at }) => at >= packed.from)?.at ?? Infinity;
  return common(packed, { from: -Infinity, to: scanned });
}

const packedTime = ({ since, until }: Pick<BoxedLot, 'since' | 'until'>): Stretch => ({
  from: microsecondsOf(since),
  to: until ? microsecondsOf(until) : Infinity,
});
