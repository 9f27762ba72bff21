import { Injectable } from '@nestjs/common';
import { addTo, civilDayOf, startOfDay } from '../../common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { codesNearlySpent, codesSpent } from '../notices/identity.events';
import { budgetVerdict, isNearlySpent } from './code-budget-rules';
import { CodeBudgetStore } from './code-budget.store';
import { CODE_RULES, type CodeChannel } from './sign-in-code-rules';

/** Keeps what codes cost to what the country has set, whoever asks for them and from however many places. */
@Injectable()
export class CodeSpending {
  constructor(
    private readonly database: Database,
    private readonly store: CodeBudgetStore,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Counts one code in the caller's unit of work, as its last statement: the row of the day is what all of them wait for.
   * Throws RATE_LIMITED, with everything rolled back, until the quarter of an hour or the day is over.
   */
  async count(ctx: Context, work: UnitOfWork, channel: CodeChannel): Promise<void> {
    const day = dayOf(ctx);
    const budget = await this.store.budget(work);
    const counted = await this.store.spend(work, day, budget.prices[channel], ctx.now());
    const verdict = budgetVerdict(counted, budget);
    if (verdict === 'LATER') throw new AppError('RATE_LIMITED', { seconds: CODE_RULES.windowSeconds });
    if (verdict === 'SPENT') throw new Spent(secondsLeft(ctx, day));
    if (isNearlySpent(counted, budget) && (await this.store.tellOnce(work, day, 'warned_at', ctx.now())))
      this.outbox.announce(ctx, work, codesNearlySpent, day, { day });
  }

  /** As `send` answers; when it was the day's money that stopped it, those who answer for it are told, once a day. */
  async within<T>(ctx: Context, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Spent)) throw error;
      await this.database.writeEvenIfSuspended(ctx, async work => {
        if (await this.store.tellOnce(work, dayOf(ctx), 'stopped_at', ctx.now()))
          this.outbox.announce(ctx, work, codesSpent, dayOf(ctx), { day: dayOf(ctx) });
      });
      throw error;
    }
  }
}

/** The day's money is gone. */
class Spent extends AppError {
  constructor(seconds: number) {
    super('RATE_LIMITED', { seconds });
  }
}

/** Civil day of the country. */
export const dayOf = (ctx: Context): string => civilDayOf(ctx.now(), ctx.tenant!.timeZone);

function secondsLeft(ctx: Context, day: string): number {
  const tomorrow = startOfDay(addTo(day, { months: 0, days: 1 }), ctx.tenant!.timeZone);
  return Math.max(1, Math.ceil((tomorrow.getTime() - ctx.now().getTime()) / 1000));
}
