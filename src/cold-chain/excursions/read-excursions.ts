import { Injectable } from '@nestjs/common';
import { type PageRequest, pageOf } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Excursion, ExcursionLot, type ExcursionPage } from './excursion.graphql';
import { type ExcursionRow, ExcursionsStore } from './excursions.store';

/** What left its range, and what that did to which lots. */
@Injectable()
export class ReadExcursions {
  constructor(
    private readonly database: Database,
    private readonly store: ExcursionsStore,
    private readonly places: Places,
  ) {}

  /** One. Throws NOT_FOUND. */
  one(ctx: Context, { facilityId, id }: { facilityId: string; id: string }): Promise<Excursion> {
    mayAnywhere(ctx, 'excursion.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'excursion.read', await this.places.of(work, facilityId));
      const row = await this.store.one(work, facilityId, id);
      if (!row) throw notFound();
      return this.of(ctx, work, row);
    });
  }

  /** Those of a facility. Throws NOT_FOUND. */
  at(
    ctx: Context,
    { facilityId, undecided }: { facilityId: string; undecided: boolean },
    page: PageRequest,
  ): Promise<ExcursionPage> {
    mayAnywhere(ctx, 'excursion.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'excursion.read', await this.places.of(work, facilityId));
      return this.page(ctx, work, await this.store.at(work, facilityId, { undecided, page }), page);
    });
  }

  /** Those of an area that nobody has decided on. Throws NOT_FOUND. */
  undecidedIn(ctx: Context, areaId: string, page: PageRequest): Promise<ExcursionPage> {
    mayAnywhere(ctx, 'excursion.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'excursion.read', { areaIds: await this.places.areaPath(work, areaId) });
      return this.page(ctx, work, await this.store.undecidedIn(work, areaId, page), page);
    });
  }

  /** One as it is shown, in the unit of work of a caller who has checked that she may. */
  async of(_ctx: Context, work: UnitOfWork, row: ExcursionRow): Promise<Excursion> {
    const lots = await this.store.lots(work, row);
    return Object.assign(new Excursion(), row, {
      byDevice: row.judgedBy === 'DEVICE',
      lots: lots.map(lot => Object.assign(new ExcursionLot(), lot)),
    });
  }

  private async page(
    ctx: Context,
    work: UnitOfWork,
    rows: ExcursionRow[],
    page: PageRequest,
  ): Promise<ExcursionPage> {
    const { items, endCursor } = pageOf(rows, page.first, row => row.id);
    const shown: Excursion[] = [];
    for (const row of items) shown.push(await this.of(ctx, work, row));
    return { items: shown, endCursor };
  }
}
