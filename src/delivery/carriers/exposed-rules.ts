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
 * Which doses were in units at the time that each of them was in the carrier. A shipment is in its boxes from when it was set
 * aside (nobody says when it was packed) until it was counted; it is on the books of the sender until it leaves, and of
 * whoever receives it from then on.
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

const packedTime = ({ since, until }: BoxedLot): Stretch => ({
  from: microsecondsOf(since),
  to: until ? microsecondsOf(until) : Infinity,
});
