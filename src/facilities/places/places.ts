import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { TextByLanguage } from '../../localisation';
import type { Place } from '../../platform/access';
import type { UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type AreaRow, AreasStore } from '../areas/areas.store';
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

  /** {@link of} for many, by their ids; an id that is no facility has no entry. */
  async ofAll(work: UnitOfWork, facilityIds: readonly string[]): Promise<ReadonlyMap<string, FacilityPlace>> {
    const rows = await this.facilities.areasOf(work, [...new Set(facilityIds)].filter(isId));
    return new Map(rows.map(({ id, areaIds }) => [id, { facilityId: id, areaIds }]));
  }

  /** What facilities are called, active or not, by their ids; for {@link nameFor}. */
  namesOf(work: UnitOfWork, facilityIds: readonly string[]): Promise<Map<string, TextByLanguage>> {
    return this.facilities.namesOf(work, facilityIds);
  }

  /** An area and everything below it, inactive ones too; with null all areas of the country. Empty for an unknown id. */
  async areasWithin(work: UnitOfWork, areaId: string | null): Promise<AreaRow[]> {
    return areaId === null || isId(areaId) ? this.areas.within(work, areaId) : [];
  }

  /** Active areas by their codes, each with all above it from the top; a code that is none has no entry. */
  areasByCode(
    work: UnitOfWork,
    codes: readonly string[],
  ): Promise<Map<string, Pick<AreaRow, 'id' | 'path'>>> {
    return this.areas.byCodes(work, codes);
  }

  /** The area itself and all above it, from the top. Throws NOT_FOUND. */
  async areaPath(work: UnitOfWork, areaId: string): Promise<string[]> {
    const area = await this.areas.area(work, areaId);
    if (!area) throw notFound();
    return area.path;
  }
}
