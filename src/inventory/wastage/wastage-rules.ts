/** What became of doses; OPENED and UNOPENED are wasted or lost, out of vials that were, or were not. */
export type Fate = 'GIVEN' | 'OPENED' | 'UNOPENED';

/** Whole doses of one fate, by reason. */
export interface FateDoses {
  fate: Fate;
  reason: string;
  doses: number;
}

/** Rates are shares, 0 to 1; null where there is nothing to share. */
export interface Wastage {
  given: number;
  opened: number;
  unopened: number;
  rate: number | null;
  openedRate: number | null;
  unopenedRate: number | null;
  reasons: { reason: string; opened: number; unopened: number }[];
}

/**
 * The rates of wastage (WHO, Monitoring vaccine wastage at country level, WHO/V&B/03.18): doses wasted of all that
 * were wasted or given. Of opened vials: what they held and nobody was given. Unopened: what never came to be opened,
 * of everything.
 */
export function wastageOf(rows: readonly FateDoses[]): Wastage {
  const sum = (fate: Fate, reason?: string): number =>
    rows
      .filter(row => row.fate === fate && (reason === undefined || row.reason === reason))
      .reduce((total, { doses }) => total + doses, 0);
  const [given, opened, unopened] = [sum('GIVEN'), sum('OPENED'), sum('UNOPENED')];
  const all = given + opened + unopened;
  const reasons = [
    ...new Set(rows.filter(({ fate }) => fate !== 'GIVEN').map(({ reason }) => reason)),
  ].sort();
  return {
    given,
    opened,
    unopened,
    rate: share(opened + unopened, all),
    openedRate: share(opened, given + opened),
    unopenedRate: share(unopened, all),
    reasons: reasons
      .map(reason => ({ reason, opened: sum('OPENED', reason), unopened: sum('UNOPENED', reason) }))
      .filter(one => one.opened !== 0 || one.unopened !== 0),
  };
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
