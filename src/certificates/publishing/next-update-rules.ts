import type { TenantState } from '../../platform/context';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * For how many days a list of a country counts before a verifier must have a newer one. Of a served country a day:
 * something may have been revoked since. In a suspended one nothing can be, and an archived one stays as it is for
 * longer than any of its certificates: their lists count as long as they must, served by us or from a folder.
 */
const COUNTS_DAYS: Partial<Record<TenantState, number>> = { SUSPENDED: 366, ARCHIVED: 3653 };

/** The instant after which a list that is made at `at` is old. */
export const nextUpdateOf = (state: TenantState, at: Date): Date =>
  new Date(at.getTime() + (COUNTS_DAYS[state] ?? 1) * DAY_MS);
