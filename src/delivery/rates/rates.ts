import { Injectable } from '@nestjs/common';
import { civilDayOf } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { HubRow } from '../network/network.store';
import { type Load, type Price, pricesOf, zoneBetween } from './rate-rules';
import { type PublishedRates, RatesStore } from './rates.store';

/** Lists of a country that are kept in memory: each says the same for ever. */
const MOST_KEPT = 100;

/** A price with the list that it is of. */
export type Quote = Price & { version: number };

/** What carrying costs by the price list that holds today, for whoever has checked that the caller may ask. */
@Injectable()
export class Rates {
  private readonly kept = new Map<string, PublishedRates>();

  constructor(private readonly store: RatesStore) {}

  /** What each service asks, cheapest first; null while the country has no price list in force. */
  async quotes(
    ctx: Context,
    work: UnitOfWork,
    { from, to, load }: { from: HubRow; to: HubRow; load: Load },
  ): Promise<Quote[] | null> {
    const list = await this.current(ctx, work);
    if (!list) return null;
    const zone = zoneBetween(list.zones, from.areaIds, to.areaIds);
    return pricesOf(list, zone, load).map(price => ({ ...price, version: list.version }));
  }

  private async current(ctx: Context, work: UnitOfWork): Promise<PublishedRates | null> {
    const { code, timeZone } = ctx.tenant!;
    const version = await this.store.versionOn(work, civilDayOf(ctx.now(), timeZone));
    if (version === null) return null;
    const key = `${code} ${version}`;
    const known = this.kept.get(key);
    if (known) return known;
    const list = (await this.store.one(work, version))!;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(key, list);
    return list;
  }
}
