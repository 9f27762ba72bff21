import { CODE_RULES, type CodeChannel } from './sign-in-code-rules';

/** What a country lets the codes to its citizens cost. */
export interface CodeBudget {
  /** Codes that are sent in a quarter of an hour, to everybody together. */
  perQuarterHour: number;
  /** What may be spent in a day of the country, in the units of {@link prices}. */
  dailySpend: number;
  /** What one code costs by each way, in whole units of the country's choosing, e.g. hundredths of its money. */
  prices: Readonly<Record<CodeChannel, number>>;
}

/** The product's own, until a country sets others: a ministry's busiest hour, and an end to what a botnet can spend. */
export const DEFAULT_BUDGET: CodeBudget = {
  perQuarterHour: 50_000,
  dailySpend: 1_000_000,
  prices: { SMS: 1, VOICE: 5 },
};

/** Share of the day's money at which those who answer for it are told, in per cent. */
export const WARN_AT = 80;

/** What has been sent when one more is counted. */
export interface Spent {
  /** Units of today. */
  spent: number;
  /** Codes of the present quarter of an hour. */
  inWindow: number;
}

/** Whether the one that was counted may go: the day's money is a wall, the quarter of an hour a brake. */
export function budgetVerdict(counted: Spent, budget: CodeBudget): 'SENT' | 'LATER' | 'SPENT' {
  if (counted.spent > budget.dailySpend) return 'SPENT';
  return counted.inWindow > budget.perQuarterHour ? 'LATER' : 'SENT';
}

export const isNearlySpent = ({ spent }: Spent, { dailySpend }: CodeBudget): boolean =>
  spent * 100 >= dailySpend * WARN_AT;

/** Since when the present quarter of an hour can have run at the most. */
export const windowStart = (now: Date): Date => new Date(now.getTime() - CODE_RULES.windowSeconds * 1000);
