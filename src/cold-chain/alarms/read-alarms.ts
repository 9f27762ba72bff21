import { Injectable } from '@nestjs/common';
import { nameFor, Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { SilencesStore } from './silences.store';
import type { ColdChainAlarms } from './watch.graphql';

/** Shows those who answer for an area where an alarm stands. */
@Injectable()
export class ReadAlarms {
  constructor(
    private readonly database: Database,
    private readonly store: SilencesStore,
    private readonly places: Places,
  ) {}

  /** Of the whole country with null. Throws FORBIDDEN outside the caller's areas, NOT_FOUND for no such area. */
  run(ctx: Context, areaId: string | null): Promise<ColdChainAlarms> {
    mayAnywhere(ctx, 'excursion.read');
    return this.database.read(ctx, async work => {
      may(
        ctx,
        'excursion.read',
        areaId === null ? {} : { areaIds: await this.places.areaPath(work, areaId) },
      );
      const asOf = ctx.now();
      const found = await this.store.byArea(work, { areaId, at: asOf });
      const known = new Map((await this.places.areasWithin(work, areaId)).map(area => [area.id, area]));
      return {
        asOf,
        areas: found.map(({ of, ...counts }) => {
          const area = known.get(of)!;
          return { ...counts, areaId: of, area: nameFor(ctx, area.names, area.code) };
        }),
      };
    });
  }
}
