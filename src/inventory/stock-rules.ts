import { type CivilDate, civilDayOf } from '../common';
import type { LotAtFacility } from './lot';

/** Why no dose may be taken from a lot at a facility, worst first: what is unsafe is said before what is missing. */
export type DrawRefusal = 'on-hold' | 'expired' | 'not-in-stock';

/** How a lot stands at a facility for the one who plans or gives. */
export type LotState = 'AVAILABLE' | 'ON_HOLD' | 'EXPIRED';

/**
 * Whether `doses` of a lot may be given at a facility on a day; null when they may. The one rule for whoever gives, opens,
 * packs, sets aside or sends stock; the statements that move it say the same (`InventoryStore.draw`,
 * `DrawManyStore`). What was recalled, an excursion that nobody has decided on and a vial monitor at its discard
 * point are holds. A lot that the facility had not yet received on that day was not there (LESSONS R-31), whatever is
 * on hand now; nor is what is left in a vial that was opened too long ago. `lot` null: it never was there.
 */
export function refusalToDraw(
  lot: LotAtFacility | null,
  doses: number,
  on: CivilDate,
  now: Date,
): DrawRefusal | null {
  if (!lot) return 'not-in-stock';
  if (lot.onHold) return 'on-hold';
  if (on > lot.expiresOn) return 'expired';
  return usableDoses(lot, now) < doses || on < lot.firstReceivedOn ? 'not-in-stock' : null;
}

/**
 * A lot as it stood for doses that were used on a day that is past: a hold that began later does not stand against them,
 * and what is open now says nothing of them.
 */
export function asOfDay(lot: LotAtFacility, day: CivilDate, timeZone: string): LotAtFacility {
  const since = lot.heldSince && civilDayOf(lot.heldSince, timeZone);
  return { ...lot, openVials: [], onHold: lot.onHold && !(since && since > day) };
}

/** Doses on hand, less those in vials whose time is over. */
export const usableDoses = (lot: Pick<LotAtFacility, 'doses' | 'openVials'>, now: Date): number =>
  lot.doses -
  lot.openVials
    .filter(({ useBy }) => Date.parse(useBy) <= now.getTime())
    .reduce((sum, { doses }) => sum + doses, 0);

/** A hold is worse than an expiry: expired doses can be thrown away, those on hold must be kept apart. */
export function stateOf(lot: Pick<LotAtFacility, 'onHold' | 'expiresOn'>, today: CivilDate): LotState {
  if (lot.onHold) return 'ON_HOLD';
  return today > lot.expiresOn ? 'EXPIRED' : 'AVAILABLE';
}

/** Whether a text is a GTIN-14 with its right check digit (GS1 General Specifications §7.9). */
export function isGtin(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return sum % 10 === 0;
}
