import type { CivilDate } from '../common';
import type { EvaluationReason, EvaluationStatus } from '../forecasting';

/** How it was known that the person was there: found on the list and checked in, walked in, or attested with a reason. */
export type Presence = 'CHECKED_IN' | 'WALK_IN' | 'OVERRIDE';

/** How a dose counted for one vaccine group when it was recorded. */
export interface CountedDose {
  vaccineGroup: string;
  /** The dose of the series it was held against; null when the series needed none. */
  doseNumber: number | null;
  status: EvaluationStatus;
  reasons: EvaluationReason[];
}

/** What is said of a dose; a correction says all of it anew. */
export interface DoseFacts {
  productCode: string;
  /** Code of the vaccine in the schedule that the product counts as. */
  vaccineCode: string;
  lotId: string;
  lotNumber: string;
  lotExpiresOn: CivilDate;
  facilityId: string;
  sessionId: string | null;
  /** The country's own day. */
  givenOn: CivilDate;
  /** Where on the body (v3 ActSite); null when it was not said or does not apply. */
  site: string | null;
  route: string;
  /** Account of who gave it. */
  vaccinatorId: string;
  presence: Presence;
  presenceReason: string | null;
  /** Why it was entered on a later day than it was given. */
  lateReason: string | null;
  /** The clinical decision for it against the schedule. */
  clinicalReason: string | null;
  counted: CountedDose[];
  scheduleCode: string;
  scheduleVersion: string;
}

/** What a device said of a dose that it recorded while it was offline. */
export interface ToldByDevice {
  deviceId: string;
  /** What the dose is called there. */
  clientId: string;
  /** By the device's own clock. */
  deviceGivenAt: Date;
  /** What that comes to by our clock. */
  givenAt: Date;
  /** Why it is not the dose that it was taken for. */
  distinctReason: string | null | undefined;
}

/** A stored fact about a dose. `kind` `void` repeats the dose that it takes back. */
export interface DoseRecord extends DoseFacts {
  personId: string;
  id: string;
  kind: 'given' | 'correction' | 'void';
  /** The fact that this one replaces; null for the first. */
  replaces: string | null;
  /** Why it was corrected or voided; null for the first. */
  reason: string | null;
  /** The reference of the dose in the ledger of stock. */
  drawnAs: string;
  recordedBy: string;
  recordedAt: Date;
  /** Who first recorded the dose, and when. */
  firstRecordedBy: string;
  firstRecordedAt: Date;
  /** Whether a later fact replaces this one. */
  replaced: boolean;
}

/** What the schedule engine asks of a dose. */
export type DoseForEngine = Pick<DoseRecord, 'id' | 'vaccineCode' | 'givenOn' | 'lotExpiresOn'>;
