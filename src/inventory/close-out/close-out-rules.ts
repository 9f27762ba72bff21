import { outlivesSession } from '../open-vials/open-vial-rules';

/** Doses by reason. */
export type Losses = Readonly<Record<string, number>>;

/** What the records say a session used of a lot. All in whole doses. */
export interface LineRecords {
  lotId: string;
  dosesPerVial: number;
  /** Hours that a vial may be open; null: it holds one dose. */
  openVialHours: number | null;
  /** In vials that an earlier session had opened. */
  brought: number;
  /** In vials reported as opened. */
  opened: number;
  given: number;
  /** Wasted in the session as far as the ledger has it. */
  wasted: Losses;
  /** Lost in the session, as an earlier count found. */
  lost: number;
}

/** What people counted of a lot at the end of a session: all of it, whatever of it was reported before. */
export interface LineCount {
  lotId: string;
  vialsOpened: number;
  /** A WasteReason each. */
  wasted: readonly { reason: string; doses: number }[];
  /** Doses in opened vials that go back to the refrigerator. */
  returnedOpen: number;
}

/** A counted line against its records. */
export interface LineBalance {
  lotId: string;
  vialsOpened: number;
  wasted: Losses;
  returnedOpen: number;
  /**
   * Doses brought and opened, less those given, wasted and returned. More than nothing: doses are missing. Less: more
   * were given than can have been in the vials.
   */
  difference: number;
}

/**
 * What a lot comes to. A line that nobody counted stands as it was reported: for vials of one dose, one was opened for
 * each that was given or wasted. Wastage that came of a voided dose is no matter of the count and stays.
 */
export function balanceOf(
  records: LineRecords,
  counted: LineCount | null,
  reasons: readonly string[],
): LineBalance {
  const entries = Object.entries(records.wasted);
  const others = entries.filter(([reason]) => counted === null || !reasons.includes(reason));
  const wasted: Record<string, number> = Object.fromEntries(others);
  for (const { reason, doses } of counted?.wasted ?? []) wasted[reason] = (wasted[reason] ?? 0) + doses;
  const lossesAndGiven = records.given + totalOf(wasted);
  const reported =
    records.openVialHours === null ? lossesAndGiven : Math.ceil(records.opened / records.dosesPerVial);
  const vialsOpened = counted?.vialsOpened ?? reported;
  const returnedOpen = counted?.returnedOpen ?? 0;
  const available = records.brought + vialsOpened * records.dosesPerVial;
  const difference = available - lossesAndGiven - returnedOpen;
  return { lotId: records.lotId, vialsOpened, wasted, returnedOpen, difference };
}

/** Whether opened vials are said to go back that must be discarded when their session ends. */
export const keepsWhatMustGo = (records: LineRecords, { returnedOpen }: LineBalance): boolean =>
  returnedOpen > 0 && !outlivesSession(records.openVialHours);

/** What the ledger still needs so that it says what was counted: doses by reason, below nothing what it has too many. */
export function lossesToEnter(
  records: Pick<LineRecords, 'wasted' | 'lost'>,
  balance: Pick<LineBalance, 'wasted' | 'difference'>,
): { account: 'wasted' | 'lost'; reason: string; doses: number }[] {
  const reasons = [...new Set([...Object.keys(records.wasted), ...Object.keys(balance.wasted)])].sort();
  const wasted = reasons.map(reason => ({
    account: 'wasted' as const,
    reason,
    doses: (balance.wasted[reason] ?? 0) - (records.wasted[reason] ?? 0),
  }));
  const lost = Math.max(0, balance.difference) - records.lost;
  return [...wasted, { account: 'lost' as const, reason: 'UNACCOUNTED', doses: lost }].filter(
    ({ doses }) => doses !== 0,
  );
}

/**
 * The share of doses in opened vials that nobody was given (WHO, Monitoring vaccine wastage at country level,
 * WHO/V&B/03.18: wastage rate), 0 to 1; null when none were opened.
 */
export function wastageRate({
  given,
  wasted,
  lost,
}: Pick<LineRecords, 'given' | 'wasted' | 'lost'>): number | null {
  const gone = totalOf(wasted) + lost;
  return given + gone === 0 ? null : gone / (given + gone);
}

export const totalOf = (losses: Losses): number =>
  Object.values(losses).reduce((sum, doses) => sum + doses, 0);
