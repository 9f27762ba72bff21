import { factType } from '../platform/events';

/** Equipment failed, is under repair, works again or is retired. Aggregate: the equipment. */
export const equipmentChanged = factType<{
  facilityId: string;
  equipmentId: string;
  state: 'WORKING' | 'FAILED' | 'UNDER_REPAIR' | 'RETIRED';
}>('cold-chain.equipment-changed');

/**
 * It was too cold or too warm where vaccines are kept, for longer than they bear. Whoever plans sessions there has less
 * than the ledger says until it is decided on. Aggregate: the excursion.
 */
export const excursionOpened = factType<{ facilityId: string; excursionId: string }>(
  'cold-chain.excursion-opened',
);

/** An excursion is longer than it was told to be. Aggregate: the excursion. */
export const excursionGrew = factType<{ facilityId: string; excursionId: string }>(
  'cold-chain.excursion-grew',
);

/** Lots were in an excursion and are on hold at the facility, where any of them is left. Aggregate: the excursion. */
export const lotsExposed = factType<{ facilityId: string; excursionId: string; lotIds: readonly string[] }>(
  'cold-chain.lots-exposed',
);

/**
 * A second person decided on an excursion: the holds are over, what was discarded is off the ledger. Aggregate: the
 * excursion.
 */
export const excursionDecided = factType<{
  facilityId: string;
  excursionId: string;
  discardedLotIds: readonly string[];
}>('cold-chain.excursion-decided');

/** A logger that is heard live missed its readings: nobody knows how cold it is there. Aggregate: the logger. */
export const loggerFellSilent = factType<{ facilityId: string; loggerId: string; since: string }>(
  'cold-chain.logger-fell-silent',
);
