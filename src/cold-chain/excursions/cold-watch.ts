import { Injectable } from '@nestjs/common';
import { addTo, type CivilDate, startOfDay } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type AreaExcursions, ExcursionsStore } from './excursions.store';

/**
 * The door for those who watch more than the cold chain, in their own unit of work. Whether the caller may is for the
 * caller's verb to check.
 */
@Injectable()
export class ColdWatch {
  constructor(private readonly store: ExcursionsStore) {}

  /**
   * Excursions in each area right below this one (null: the country), in a period of the country's own days, both
   * included.
   */
  byArea(
    ctx: Context,
    work: UnitOfWork,
    { areaId, from, to }: { areaId: string | null; from: CivilDate; to: CivilDate },
  ): Promise<AreaExcursions[]> {
    const { timeZone } = ctx.tenant!;
    return this.store.byArea(work, {
      areaId,
      from: startOfDay(from, timeZone),
      until: startOfDay(addTo(to, { months: 0, days: 1 }), timeZone),
    });
  }
}
