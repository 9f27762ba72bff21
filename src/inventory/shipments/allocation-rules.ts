import type { CivilDate } from '../../common';
import type { LotAtFacility } from '../lot';
import { refusalToDraw } from '../stock-rules';
import { isUsedFirst } from '../vvm/vvm-rules';

/** So much of a lot: whole doses, or pieces of a supply. */
export interface LotDoses {
  lotId: string;
  doses: number;
}

/**
 * Which lots go out for so many doses of a product: vials whose monitor has begun to change, then first expired, first
 * out (WHO, Effective vaccine management), the smaller remainder first among equals. Only lots that could be given
 * today, and only vials that nobody has opened. `short` is what cannot be had.
 */
export function firstExpiredFirstOut(
  lots: readonly LotAtFacility[],
  doses: number,
  today: CivilDate,
  now: Date,
): { lots: LotDoses[]; short: number } {
  const usable = lots
    .map(lot => ({ lot, free: unopenedDoses(lot) }))
    .filter(({ lot, free }) => free > 0 && !refusalToDraw(lot, 0, today, now))
    .sort(
      (one, other) =>
        Number(isUsedFirst(other.lot.vvmStage)) - Number(isUsedFirst(one.lot.vvmStage)) ||
        compare(one.lot.expiresOn, other.lot.expiresOn) ||
        one.free - other.free ||
        compare(one.lot.id, other.lot.id),
    );
  let short = doses;
  const chosen: LotDoses[] = [];
  for (const { lot, free } of usable) {
    const taken = Math.min(short, free);
    if (taken > 0) chosen.push({ lotId: lot.id, doses: taken });
    short -= taken;
  }
  return { lots: chosen, short };
}

/** What may leave a facility: an opened vial stays where it was opened. */
export const unopenedDoses = ({ doses, openVials }: Pick<LotAtFacility, 'doses' | 'openVials'>): number =>
  doses - openVials.reduce((sum, vial) => sum + vial.doses, 0);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
