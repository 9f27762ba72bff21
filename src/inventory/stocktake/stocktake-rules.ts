import type { CivilDate } from '../../common';
import type { Account } from '../inventory.store';

/** Doses by reason, a WasteReason each. */
export type Unfit = Readonly<Record<string, number>>;

/** What somebody counted of a lot, in its unit, what is in opened vials too; not what is set aside for a shipment. */
export interface Counted {
  /** Fit for use. */
  doses: number;
  unfit: Unfit;
}

/** What the ledger said of a lot when it was counted. */
export interface Book {
  /** Doses on hand by what had been entered. */
  book: number;
  /**
   * Doses, net, that were entered since about days before the count: they had come, or gone, when it was made. Below
   * nothing when more went.
   */
  late: number;
}

/** A move of the ledger that puts a counted lot right. */
export interface Posting {
  from: Account;
  to: Account;
  doses: number;
  reason: string;
}

/** Doses found (more than nothing) or lost (less), against what the ledger knows now of the time of the count. */
export const differenceOf = ({ doses, unfit }: Counted, { book, late }: Book): number =>
  doses + sumOf(unfit) - (book + late);

/** What was counted as fit of a lot that had expired by then is not. */
export function asFit(counted: Counted, expiresOn: CivilDate, countedOn: CivilDate): Counted {
  const { doses, unfit } = counted;
  if (countedOn <= expiresOn || doses === 0) return counted;
  return { doses: 0, unfit: { ...unfit, EXPIRED: (unfit.EXPIRED ?? 0) + doses } };
}

/**
 * What of the unfit can leave the shelf at once, before anybody decides: as many as the ledger has there. A vial past its
 * discard point must not be given because a form waits for a signature.
 */
export function toSetApart(unfit: Unfit, onShelf: number): Unfit {
  let left = onShelf;
  const apart: Record<string, number> = {};
  for (const [reason, doses] of Object.entries(unfit).sort(([one], [other]) => (one < other ? -1 : 1))) {
    const here = Math.min(doses, left);
    if (here > 0) apart[reason] = here;
    left -= here;
  }
  return apart;
}

/**
 * What an approved count writes: what was found comes onto the shelf from where nobody knows, what is missing is lost, and
 * what is unfit is wasted, from where it was set apart as far as it was.
 */
export function postingsOf(
  counted: Counted,
  setApart: Unfit,
  { difference, reason }: { difference: number; reason: string | null },
): Posting[] {
  const found = { from: 'unknown', to: 'on-hand', doses: difference, reason: reason ?? '' } as const;
  const lost = { from: 'on-hand', to: 'lost', doses: -difference, reason: reason ?? '' } as const;
  const wasted = Object.entries(counted.unfit).flatMap(([why, doses]) => {
    const apart = setApart[why] ?? 0;
    return [
      { from: 'set-apart', to: 'wasted', doses: apart, reason: why } as const,
      { from: 'on-hand', to: 'wasted', doses: doses - apart, reason: why } as const,
    ];
  });
  return [found, lost, ...wasted].filter(({ doses }) => doses > 0);
}

/** Whether somebody is none of those who had a hand in a count. */
export const isSecondPerson = (who: string, counters: readonly string[]): boolean => !counters.includes(who);

export const sumOf = (doses: Unfit): number => Object.values(doses).reduce((sum, one) => sum + one, 0);
