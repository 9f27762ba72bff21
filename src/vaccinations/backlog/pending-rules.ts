/** Why a dose that was told is not in the record: the type of the refusal, or what was wrong. */
export enum PendingCause {
  LOT_NOT_IN_STOCK = 'LOT_NOT_IN_STOCK',
  LOT_EXPIRED = 'LOT_EXPIRED',
  LOT_ON_HOLD = 'LOT_ON_HOLD',
  PERSON_DECEASED = 'PERSON_DECEASED',
  PERSON_UNKNOWN = 'PERSON_UNKNOWN',
  NOT_CHECKED_IN = 'NOT_CHECKED_IN',
  LATE_ENTRY = 'LATE_ENTRY',
  DUPLICATE_SUSPECTED = 'DUPLICATE_SUSPECTED',
  TOLD_OTHERWISE = 'TOLD_OTHERWISE',
  ENTRIES_DIFFER = 'ENTRIES_DIFFER',
  NOT_RIGHT = 'NOT_RIGHT',
}

const OF_REFUSAL: Readonly<Record<string, PendingCause>> = {
  LotNotInStock: PendingCause.LOT_NOT_IN_STOCK,
  LotExpired: PendingCause.LOT_EXPIRED,
  LotOnHold: PendingCause.LOT_ON_HOLD,
  PersonDeceased: PendingCause.PERSON_DECEASED,
  NotCheckedIn: PendingCause.NOT_CHECKED_IN,
  DateNotToday: PendingCause.LATE_ENTRY,
  DuplicateSuspected: PendingCause.DUPLICATE_SUSPECTED,
};

const OF_ERROR: Readonly<Record<string, PendingCause>> = {
  NOT_FOUND: PendingCause.PERSON_UNKNOWN,
  IDEMPOTENCY_KEY_REUSED: PendingCause.TOLD_OTHERWISE,
};

/** The cause that a refusal (the name of its type) or an error (its code) is. */
export const causeOf = (no: { refusal: string } | { code: string }): PendingCause =>
  ('refusal' in no ? OF_REFUSAL[no.refusal] : OF_ERROR[no.code]) ?? PendingCause.NOT_RIGHT;
