import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '../../common';
import { isAllowed } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { FacilitiesStore, type FacilityFilter, type FacilityRow } from './facilities.store';

/** Which places vaccinate: for everybody. Closed ones are shown only to who could open them again. */
@Injectable()
export class ReadFacilities {
  constructor(
    private readonly database: Database,
    private readonly store: FacilitiesStore,
  ) {}

  async page(ctx: Context, filter: FacilityFilter, page: PageRequest): Promise<Page<FacilityRow>> {
    const inactiveToo = isAllowed(ctx, 'facility.change');
    const rows = await this.database.read(ctx, work =>
      this.store.facilities(work, { ...filter, inactiveToo }, page),
    );
    return pageOf(rows, page.first, row => row.code);
  }

  /** Throws NOT_FOUND, also for a closed one that the caller may not change. */
  async one(ctx: Context, id: string): Promise<FacilityRow> {
    const facility = await this.database.read(ctx, work => this.store.facility(work, id));
    const place = { facilityId: id, areaIds: facility?.areaIds ?? [] };
    if (!facility || !(facility.active || isAllowed(ctx, 'facility.change', place))) throw notFound();
    return facility;
  }
}
