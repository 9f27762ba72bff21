export const FACILITY_CATEGORIES = ['PUBLIC', 'PRIVATE', 'NON_PROFIT', 'OTHER'] as const;
export type FacilityCategory = (typeof FACILITY_CATEGORIES)[number];

export const FACILITY_KINDS = ['FIXED', 'MOBILE', 'OUTREACH', 'TEMPORARY'] as const;
export type FacilityKind = (typeof FACILITY_KINDS)[number];

/** A facility's code: what signs, registers and files call it. */
export const FACILITY_CODE = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/;

/** A service's code, e.g. `routine` or `travel-clinic`. The country chooses its own. */
export const SERVICE_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
