import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { civilDayOf } from '../../common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { bitByBit, Rounds } from '../../tenancy';
import { PrivacyRulesStore } from '../privacy/privacy-rules.store';
import { LooksStore } from './looks.store';

/**
 * Forgets who was shown to whom as long ago as the country's law says; the trail stays. Nothing while it holds
 * everybody.
 */
@Injectable()
export class ForgetLooks implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly rules: PrivacyRulesStore,
    private readonly store: LooksStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'looks of long ago could not be forgotten';
    this.rounds.add({ seconds: 600, fault, run: ctx => this.run(ctx) });
  }

  /** One country's turn; how many looks went. */
  async run(ctx: Context): Promise<number> {
    const { holdEverybody, keepLooksDays } = await this.database.read(ctx, work => this.rules.rules(work));
    if (holdEverybody) return 0;
    const before = new Date(ctx.now().getTime() - keepLooksDays * 86_400_000);
    const day = civilDayOf(before, ctx.tenant!.timeZone);
    await bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forgetCounts(work, day, most)),
    );
    return bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forget(work, before, most)),
    );
  }
}
