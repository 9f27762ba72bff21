import { Injectable } from '@nestjs/common';
import { civilDayOf } from '../../common';
import { may, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Networks } from '../network/networks';
import type { Load } from './rate-rules';
import type { RateListView } from './rate.graphql';
import { type Quote, Rates } from './rates';
import { RatesStore } from './rates.store';

/** Shows price lists to those who publish them, and a partner what its next consignment would cost. */
@Injectable()
export class ReadRates {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly store: RatesStore,
    private readonly rates: Rates,
  ) {}

  /** The list of a version, or with null the one that holds today; null when there is none. */
  list(ctx: Context, version: number | null): Promise<RateListView | null> {
    may(ctx, 'rate.read');
    const today = civilDayOf(ctx.now(), ctx.tenant!.timeZone);
    return this.database.read(ctx, async work => {
      const wanted = version ?? (await this.store.versionOn(work, today));
      return wanted === null ? null : this.store.one(work, wanted);
    });
  }

  /** What each service asks, cheapest first; none while no price list holds. Throws NOT_FOUND for no such hub. */
  quotes(
    ctx: Context,
    { fromHub, toHub, ...load }: Load & { fromHub: string; toHub: string },
  ): Promise<Quote[]> {
    may(ctx, 'consignment.order', { accountId: signedIn(ctx).id });
    return this.database.read(ctx, async work => {
      const hubs = [...(await this.networks.of(ctx, work)).hubs.values()];
      const [from, to] = [fromHub, toHub].map(code => hubs.find(hub => hub.code === code));
      if (!from || !to) throw notFound();
      return (await this.rates.quotes(ctx, work, { from, to, load })) ?? [];
    });
  }
}
