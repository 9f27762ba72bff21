import { Injectable } from '@nestjs/common';
import { addTo, civilDayOf } from '../../common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Network } from './network';
import { type HubRow, NetworkStore } from './network.store';
import { mondayOf } from './week-rules';

/** Areas move without the network's version going up: whoever may work at a hub is known anew this often. */
const KEPT_MS = 600_000;

/** Runs cancelled longer ago are in nobody's future: a consignment is planned from no earlier week. */
const WEEKS_BACK = { months: 0, days: -28 };

/**
 * The networks of the countries served here, kept in memory: read anew and compiled only when a country's version has
 * gone up, which is one row to look at.
 */
@Injectable()
export class Networks {
  private readonly kept = new Map<string, { network: Network; readAt: number }>();

  constructor(
    private readonly database: Database,
    private readonly store: NetworkStore,
  ) {}

  /** Hubs of the country by their ids; one that it does not have has no entry. Asks the database only for what is new. */
  async hubs(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, HubRow>> {
    const kept = this.kept.get(ctx.tenant!.code);
    if (kept && ctx.now().getTime() - kept.readAt < KEPT_MS && ids.every(id => kept.network.hubs.has(id)))
      return kept.network.hubs;
    return (await this.database.read(ctx, work => this.of(ctx, work))).hubs;
  }

  /** The network as it is now. `seen`: its version as the caller has just read it; looked at when left out. */
  async of(ctx: Context, work: UnitOfWork, seen?: number): Promise<Network> {
    const { code, timeZone } = ctx.tenant!;
    const version = seen ?? (await this.store.version(work));
    const known = this.kept.get(code);
    const readAt = ctx.now().getTime();
    if (known?.network.version === version && readAt - known.readAt < KEPT_MS) return known.network;
    const since = addTo(civilDayOf(ctx.now(), timeZone), WEEKS_BACK);
    const network = new Network(
      version,
      await this.store.allHubs(work),
      await this.store.allLegs(work),
      await this.store.runsCancelledSince(work, mondayOf(since)),
    );
    this.kept.set(code, { network, readAt });
    return network;
  }
}
