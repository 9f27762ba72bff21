import type { CivilDate } from '../common';
import type { StockUnit } from './units/unit-rules';

/** The last day of what does not expire, so that it stands after everything that does. */
export const NEVER: CivilDate = '9999-12-31';

/** A manufacturer's lot of one product, a vaccine or a supply; the same row wherever it lies. */
export interface Lot {
  id: string;
  productCode: string;
  /** What every count of it is in. */
  unit: StockUnit;
  /** As printed on the vial. */
  lotNumber: string;
  /** Empty when the label does not say. */
  manufacturer: string;
  /** The last day on which it may be used, in the country's own calendar day; `NEVER` for what does not expire. */
  expiresOn: CivilDate;
  /** GS1 Global Trade Item Number of the pack, 14 digits. */
  gtin: string | null;
}

/** A lot as it stands at one facility. */
export interface LotAtFacility extends Lot {
  facilityId: string;
  /** On hand: whole doses, or pieces of a supply. */
  doses: number;
  /** The day the facility first received it: before it, no dose of it can have been given there. */
  firstReceivedOn: CivilDate;
  /** Whether a hold that covers this facility has not been released. */
  onHold: boolean;
  /** When the oldest of those holds began; null while there is none. */
  heldSince: Date | null;
  /** The worst stage of its vaccine vial monitors there, 1 to 4; null: nobody looked. At 3 or 4 it is on hold. */
  vvmStage: number | null;
  /** Vials of it that are open, with what is left in them; these doses are among those on hand. */
  openVials: readonly { doses: number; /** ISO 8601. */ useBy: string }[];
}
