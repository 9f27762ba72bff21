import { Injectable } from '@nestjs/common';
import { addTo, civilDayOf } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Network } from './network';
import { NetworkStore } from './network.store';
import { mondayOf } from './week-rules';

/** Runs cancelled longer ago are in nobody's future: a consignment is planned from no earlier week. */
const WEEKS_BACK = { months: 0, days: -28 };

/**
 * The networks of the countries served here, kept in memory: read anew and compiled only when a country's version has
 * gone up, which is one row to look at.
 */
@Injectable()
export class Networks {
  private readonly kept = new Map<string, Network>();

  constructor(private readonly store: NetworkStore) {}

  async of(ctx: Context, work: UnitOfWork): Promise<Network> {
    const { code, timeZone } = ctx.tenant!;
    const version = await this.store.version(work);
    const known = this.kept.get(code);
    if (known?.version === version) return known;
    const since = addTo(civilDayOf(ctx.now(), timeZone), WEEKS_BACK);
    const network = new Network(
      version,
      await this.store.allHubs(work),
      await this.store.allLegs(work),
      await this.store.runsCancelledSince(work, mondayOf(since)),
    );
    this.kept.set(code, network);
    return network;
  }
}
