import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import type { CodeBudget } from './code-budget-rules';
import { CodeBudgetStore } from './code-budget.store';
import type { SetSignInCodeBudgetGraphqlInput, SignInCodeBudget } from './code-budget.graphql';
import { dayOf } from './code-spending';

/** What the codes sent to a country's citizens may cost. */
@Injectable()
export class CodeBudgetSetting {
  constructor(
    private readonly database: Database,
    private readonly store: CodeBudgetStore,
    private readonly audit: AuditTrail,
  ) {}

  async read(ctx: Context): Promise<SignInCodeBudget> {
    mayAnywhere(ctx, 'sign-in-code.configure');
    return this.database.read(ctx, async work => {
      const spentToday = await this.store.spentOn(work, dayOf(ctx));
      return shownAs(await this.store.budget(work), spentToday);
    });
  }

  /** From the next code on. */
  async set(ctx: Context, input: SetSignInCodeBudgetGraphqlInput): Promise<SignInCodeBudget> {
    mayAnywhere(ctx, 'sign-in-code.configure');
    return this.database.write(ctx, async work => {
      const before = await this.store.budget(work);
      const budget: CodeBudget = {
        perQuarterHour: input.perQuarterHour ?? before.perQuarterHour,
        dailySpend: input.dailySpend ?? before.dailySpend,
        prices: {
          SMS: input.priceOfText ?? before.prices.SMS,
          VOICE: input.priceOfCall ?? before.prices.VOICE,
        },
      };
      await this.store.setBudget(ctx, work, budget);
      this.audit.record(ctx, work, {
        action: 'sign-in-code.configure',
        resource: { type: 'sign-in-rules', id: null },
        detail: { ...budget },
      });
      return shownAs(budget, await this.store.spentOn(work, dayOf(ctx)));
    });
  }
}

const shownAs = ({ prices, ...budget }: CodeBudget, spentToday: number): SignInCodeBudget => ({
  ...budget,
  priceOfText: prices.SMS,
  priceOfCall: prices.VOICE,
  spentToday,
});
