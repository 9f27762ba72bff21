import type { LotDoses } from './allocation-rules';

/** What of a shipment is in a handling unit. */
export interface PackedBox {
  /** Code of the unit. */
  unitId: string;
  /** Code of the unit that it stands in, as whoever packed it says; null: nobody said. */
  intoUnitId: string | null;
  lots: readonly LotDoses[];
}

/** A lot of which not so much is packed as was set aside. Whole doses. */
export interface PackingFault {
  lotId: string;
  setAside: number;
  packed: number;
}

/**
 * The lots that are not packed as they were set aside: all of a shipment is in its boxes, or none of it is said to be. What
 * was not sent is set aside with 0.
 */
export function packingFaults(lines: readonly LotDoses[], boxes: readonly PackedBox[]): PackingFault[] {
  const packed = new Map<string, number>();
  for (const { lotId, doses } of boxes.flatMap(({ lots }) => lots))
    packed.set(lotId, (packed.get(lotId) ?? 0) + doses);
  const setAside = new Map(lines.map(({ lotId, doses }) => [lotId, doses]));
  return [...new Set([...setAside.keys(), ...packed.keys()])]
    .map(lotId => ({ lotId, setAside: setAside.get(lotId) ?? 0, packed: packed.get(lotId) ?? 0 }))
    .filter(lot => lot.setAside !== lot.packed);
}
