import { addTo, type CivilDate } from '../../common';
import type { GroupForecast } from '../../forecasting';
import type { DoseFacts } from '../dose-record';

/** The visit after this one: of the groups that its doses counted for, the first that is due again. */
export interface NextVisit {
  vaccineGroup: string;
  doseNumber: number;
  /** Code of the product; null when none in use counts for it. */
  product: string | null;
  earliest: CivilDate | null;
  recommended: CivilDate;
  pastDue: CivilDate | null;
  latest: CivilDate | null;
}

interface ProductInUse {
  code: string;
  vaccine: string;
}

/**
 * What comes after the doses of one visit, by the forecast made with them. The product is one of theirs when that counts
 * for the next dose (a series is finished with what it was begun with, unless the schedule marks another), else the
 * first that counts.
 */
export function nextVisitAfter(
  given: readonly Pick<DoseFacts, 'counted' | 'productCode'>[],
  groups: readonly GroupForecast[],
  products: readonly ProductInUse[],
): NextVisit | null {
  const of = new Set(given.flatMap(({ counted }) => counted.map(({ vaccineGroup }) => vaccineGroup)));
  const next = groups
    .filter(({ vaccineGroup, recommended }) => of.has(vaccineGroup) && recommended !== undefined)
    .sort((a, b) => (a.recommended! < b.recommended! ? -1 : 1))[0];
  if (!next) return null;
  const counting = products.filter(({ vaccine }) =>
    (next.vaccines.length > 0 ? next.vaccines : next.preferableVaccines).includes(vaccine),
  );
  const same = counting.find(({ code }) => given.some(({ productCode }) => productCode === code));
  return {
    vaccineGroup: next.vaccineGroup,
    doseNumber: next.targetDoseNumber!,
    product: (same ?? counting[0])?.code ?? null,
    earliest: next.earliest ?? null,
    recommended: next.recommended!,
    pastDue: next.pastDue ?? null,
    latest: next.latest ?? null,
  };
}

/** For how long after the recommended day a place is looked for at least: one late is better than none. */
const WINDOW = '28 days';

/** The days on which a place may be kept: from the recommended one, never today, until it is overdue, or too late. */
export function daysToKeep(visit: NextVisit, today: CivilDate): { from: CivilDate; until: CivilDate } {
  const [, from] = [addTo(today, '1 day'), visit.recommended].sort() as [CivilDate, CivilDate];
  const [, overdue] = [addTo(from, WINDOW), visit.pastDue ?? ''].sort() as [CivilDate, CivilDate];
  return { from, until: visit.latest !== null && visit.latest < overdue ? visit.latest : overdue };
}
