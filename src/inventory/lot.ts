import type { CivilDate } from '../common';

/** A manufacturer's lot of one product; the same row wherever its doses lie. */
export interface Lot {
  id: string;
  productCode: string;
  /** As printed on the vial. */
  lotNumber: string;
  /** Empty when the label does not say. */
  manufacturer: string;
  /** The last day on which it may be used, in the country's own calendar day. */
  expiresOn: CivilDate;
  /** GS1 Global Trade Item Number of the pack, 14 digits. */
  gtin: string | null;
}

/** A lot as it stands at one facility. */
export interface LotAtFacility extends Lot {
  facilityId: string;
  /** Whole doses on hand. */
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
