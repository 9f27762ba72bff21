import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '../../common';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type HubRow, type LegRow, NetworkStore } from './network.store';

/** The hubs of a country and what departs from them. */
@Injectable()
export class ReadNetwork {
  constructor(
    private readonly database: Database,
    private readonly store: NetworkStore,
  ) {}

  async hubs(ctx: Context, areaId: string | null, page: PageRequest): Promise<Page<HubRow>> {
    mayAnywhere(ctx, 'network.read');
    const rows = await this.database.read(ctx, work => this.store.hubs(work, areaId, page));
    return pageOf(rows, page.first, hub => hub.code);
  }

  /** Throws NOT_FOUND. */
  async legs(ctx: Context, hubId: string): Promise<LegRow[]> {
    mayAnywhere(ctx, 'network.read');
    return this.database.read(ctx, async work => {
      if (!(await this.store.hub(work, hubId))) throw notFound();
      return this.store.legsFrom(work, hubId);
    });
  }

  /** The hub that delivers to an area, its own or that of the nearest area above; null where none does. */
  async serving(ctx: Context, areaId: string): Promise<HubRow | null> {
    mayAnywhere(ctx, 'network.read');
    return this.database.read(ctx, work => this.store.hubServing(work, areaId));
  }
}
