import { Injectable } from '@nestjs/common';
import type { TextByLanguage } from '../../localisation';
import type { Place } from '../../platform/access';
import type { UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { AreasStore } from '../areas/areas.store';
import { FacilitiesStore } from './facilities.store';

/** Where a facility lies, as {@link may} asks for it. */
export type FacilityPlace = Place & { facilityId: string; areaIds: string[] };

/** Turns ids of facilities and areas into the places that permissions are checked against. */
@Injectable()
export class Places {
  constructor(
    private readonly facilities: FacilitiesStore,
    private readonly areas: AreasStore,
  ) {}

  /** The place of a facility, active or not. Throws NOT_FOUND. */
  async of(work: UnitOfWork, facilityId: string): Promise<FacilityPlace> {
    const facility = await this.facilities.facility(work, facilityId);
    if (!facility) throw notFound();
    return { facilityId: facility.id, areaIds: facility.areaIds };
  }

  /** What facilities are called, active or not, by their ids; for {@link nameFor}. */
  namesOf(work: UnitOfWork, facilityIds: readonly string[]): Promise<Map<string, TextByLanguage>> {
    return this.facilities.namesOf(work, facilityIds);
  }

  /** The area itself and all above it, from the top. Throws NOT_FOUND. */
  async areaPath(work: UnitOfWork, areaId: string): Promise<string[]> {
    const area = await this.areas.area(work, areaId);
    if (!area) throw notFound();
    return area.path;
  }
}
