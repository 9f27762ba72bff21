import { factType } from '../platform/events';
import type { AlertKind } from './levels/level-rules';

/** Doses of a lot came to a facility from outside. Aggregate: the facility. */
export const stockReceived = factType<{ facilityId: string; lotId: string; moveId: string }>(
  'inventory.stock-received',
);

/** Doses of a lot were thrown away. Aggregate: the facility. */
export const stockWasted = factType<{ facilityId: string; lotId: string; moveId: string }>(
  'inventory.stock-wasted',
);

/** A lot may not be used, at one facility or (null) in the whole country. Aggregate: the lot. */
export const lotHeld = factType<{ lotId: string; holdId: string; facilityId: string | null }>(
  'inventory.lot-held',
);

/** A hold of a lot has ended; others may stand. Aggregate: the lot. */
export const lotReleased = factType<{ lotId: string; holdId: string; facilityId: string | null }>(
  'inventory.lot-released',
);

/**
 * A dose came late, or one was taken back, after its session had been counted: that line must be counted again.
 * Aggregate: the session.
 */
export const sessionCountReopened = factType<{ facilityId: string; sessionId: string; lotId: string }>(
  'inventory.session-count-reopened',
);

/** A vial of several doses was opened. Aggregate: the facility. */
export const vialOpened = factType<{ facilityId: string; lotId: string; vialId: string }>(
  'inventory.vial-opened',
);

/** A session was counted, and every lot ties out or awaits a second person. Aggregate: the session. */
export const sessionCounted = factType<{ facilityId: string; sessionId: string; disputed: boolean }>(
  'inventory.session-counted',
);

/** The day of these sessions has been over for a day, and nobody counted what they used. Aggregate: the facility. */
export const sessionsLeftUncounted = factType<{ facilityId: string; sessionIds: readonly string[] }>(
  'inventory.sessions-left-uncounted',
);

/** A second person decided on what a session could not account for. Aggregate: the session. */
export const sessionCountDecided = factType<{ facilityId: string; sessionId: string; approved: boolean }>(
  'inventory.session-count-decided',
);

/** A session told what it used of supplies. Aggregate: the facility. */
export const suppliesUsed = factType<{ facilityId: string; sessionId: string }>('inventory.supplies-used');

/** Stock left for another facility. Aggregate: the facility that sends. */
export const stockDespatched = factType<{ facilityId: string; shipmentId: string; toFacilityId: string }>(
  'inventory.stock-despatched',
);

/** All of a place was counted, and a second person is to decide. Aggregate: the facility. */
export const stocktakeSubmitted = factType<{ facilityId: string; stocktakeId: string; differences: number }>(
  'inventory.stocktake-submitted',
);

/** A second person approved a count of a place, or has lots counted again. Aggregate: the facility. */
export const stocktakeDecided = factType<{ facilityId: string; stocktakeId: string; approved: boolean }>(
  'inventory.stocktake-decided',
);

/** Wasted doses were destroyed before a witness. Aggregate: the facility. */
export const stockDestroyed = factType<{ facilityId: string; destructionId: string }>(
  'inventory.stock-destroyed',
);

/** A shipment was counted where it arrived. Aggregate: the facility that receives. */
export const shipmentReceived = factType<{ facilityId: string; shipmentId: string; toFacilityId: string }>(
  'inventory.shipment-received',
);

/** What came of a shipment is not what was sent, or was unfit: somebody must find out why. Aggregate: who received it. */
export const receiptDiffered = factType<{ facilityId: string; shipmentId: string; toFacilityId: string }>(
  'inventory.receipt-differed',
);

/** A facility asks another for stock. Aggregate: the facility that asks. */
export const stockRequested = factType<{ facilityId: string; requisitionId: string; supplierId: string }>(
  'inventory.stock-requested',
);

/** A second person granted what a facility asks for, all, part or nothing. Aggregate: the facility that asks. */
export const requisitionDecided = factType<{
  facilityId: string;
  requisitionId: string;
  supplierId: string;
  approved: boolean;
}>('inventory.requisition-decided');

/** What was asked for is not wanted any more. Aggregate: the facility that asks. */
export const requisitionCancelled = factType<{
  facilityId: string;
  requisitionId: string;
  supplierId: string;
}>('inventory.requisition-cancelled');

/** What a facility should have of a product was set. Aggregate: the facility. */
export const stockLevelSet = factType<{ facilityId: string; productCode: string }>(
  'inventory.stock-level-set',
);

/**
 * A product at a facility has run out, is below its minimum or will partly expire before it is used (`kind`).
 * Aggregate: the facility.
 */
export const stockAlertRaised = factType<{ facilityId: string; productCode: string; kind: string }>(
  'inventory.stock-alert-raised',
);

/**
 * What was found in one look at a facility and was not so before: every alert that was raised together. Aggregate:
 * the facility.
 */
export const stockRanShort = factType<{
  facilityId: string;
  alerts: readonly { productCode: string; kind: AlertKind }[];
}>('inventory.stock-ran-short');

/** It is no longer so. Aggregate: the facility. */
export const stockAlertEnded = factType<{ facilityId: string; productCode: string; kind: string }>(
  'inventory.stock-alert-ended',
);
