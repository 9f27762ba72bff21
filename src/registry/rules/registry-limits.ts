import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { MatchStore } from '../matching/match.store';
import type { RegistryRules } from './registry-rules';
import type { RegistryLimits as Limits, SetRegistryLimitsGraphqlInput } from './registry-rules.graphql';

/**
 * How many people an account acts for and a member of staff is shown: the product's numbers until a country sets its
 * own.
 */
@Injectable()
export class RegistryLimits {
  constructor(
    private readonly database: Database,
    private readonly store: MatchStore,
    private readonly audit: AuditTrail,
  ) {}

  async read(ctx: Context): Promise<Limits> {
    mayAnywhere(ctx, 'registry.configure');
    return limitsOf(await this.database.read(ctx, work => this.store.rules(work)));
  }

  /** From the next request on. Throws INVALID_INPUT when a second factor would show fewer than none. */
  async set(ctx: Context, input: SetRegistryLimitsGraphqlInput): Promise<Limits> {
    mayAnywhere(ctx, 'registry.configure');
    return this.database.write(ctx, async work => {
      const before = await this.store.rules(work);
      const looks = {
        day: input.looksPerDay ?? before.looks.day,
        dayAfterStepUp: input.looksPerDayAfterStepUp ?? before.looks.dayAfterStepUp,
      };
      if (looks.dayAfterStepUp < looks.day) throw invalid('looksPerDayAfterStepUp', 'validation.min');
      const peoplePerAccount = input.peoplePerAccount ?? before.peoplePerAccount;
      await this.store.setRules(ctx, work, { peoplePerAccount, looks });
      const limits = limitsOf({ ...before, peoplePerAccount, looks });
      this.audit.record(ctx, work, {
        action: 'registry.configure',
        resource: { type: 'registry-rules', id: null },
        detail: { ...limits },
      });
      return limits;
    });
  }
}

const limitsOf = ({ peoplePerAccount, looks }: RegistryRules): Limits => ({
  peoplePerAccount,
  looksPerDay: looks.day,
  looksPerDayAfterStepUp: looks.dayAfterStepUp,
});
