import { Injectable } from '@nestjs/common';
import { isId } from '../common';
import { type FacilityPlace, Places } from '../facilities';
import { may, type Permission } from '../platform/access';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { invalid } from '../platform/errors';

/** Where a member of staff stands when she opens or changes a person's record, and why she does. */
@Injectable()
export class StaffPlace {
  constructor(private readonly places: Places) {}

  /**
   * The place that staff name, within their reach; undefined for a citizen, who stands nowhere. Throws INVALID_INPUT
   * for staff who name no place or no purpose (X-Purpose), FORBIDDEN for a place beyond their reach.
   */
  async of(
    ctx: Context,
    work: UnitOfWork,
    permission: Permission,
    facilityId: string | null | undefined,
  ): Promise<FacilityPlace | undefined> {
    if (ctx.actor.kind !== 'staff') return undefined;
    if (!facilityId || !isId(facilityId)) throw invalid('facilityId', 'registry.invalid.facilityNeeded');
    if (!ctx.purpose) throw invalid('X-Purpose', 'registry.invalid.purposeNeeded');
    const place = await this.places.of(work, facilityId);
    may(ctx, permission, place);
    return place;
  }
}
