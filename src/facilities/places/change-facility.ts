import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CountryWords } from '../../localisation';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { FacilitiesStore, type FacilityRow } from './facilities.store';
import type { ChangeFacilityGraphqlInput } from './facility.graphql';
import { faultsAsError, namesOf } from './facility-input';
import { checkFacility, type EnteredFacility } from './facility-rules';
import { Places } from './places';

/** What is known of a facility is put right; also opening and closing it. */
@Injectable()
export class ChangeFacility {
  constructor(
    private readonly database: Database,
    private readonly words: CountryWords,
    private readonly places: Places,
    private readonly store: FacilitiesStore,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND, INVALID_INPUT with every fault; FORBIDDEN too when it is moved to where the caller may not
   * register.
   */
  async run(ctx: Context, input: ChangeFacilityGraphqlInput): Promise<FacilityRow> {
    mayAnywhere(ctx, 'facility.change');
    const profile = await this.words.profile(ctx);
    return this.database.write(ctx, async work => {
      const now = await this.store.facility(work, input.facilityId);
      if (!now) throw notFound();
      may(ctx, 'facility.change', { facilityId: now.id, areaIds: now.areaIds });
      const areaId = input.areaId ?? now.areaId;
      if (areaId !== now.areaId)
        may(ctx, 'facility.register', { areaIds: await this.places.areaPath(work, areaId) });
      const { facility, faults } = checkFacility(profile, changed(now, input));
      if (faults.length > 0) throw faultsAsError(faults);
      await this.store.change(work, now.id, { ...facility, areaId }, ctx.now());
      const fields = Object.keys(input).filter(field => field !== 'facilityId');
      this.audit.record(ctx, work, {
        action: 'facility.change',
        resource: { type: 'facility', id: now.id },
        facilityId: now.id,
        detail: { fields },
      });
      return (await this.store.facility(work, now.id))!;
    });
  }
}

/** A field left out stays; null clears what may be empty and leaves what may not. */
function changed(now: FacilityRow, input: ChangeFacilityGraphqlInput): EnteredFacility {
  const kept = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);
  return {
    code: now.code,
    names: input.names ? namesOf(input.names) : now.names,
    category: input.category ?? now.category,
    kind: input.kind ?? now.kind,
    address: kept(input.address, now.address),
    postalCode: kept(input.postalCode, now.postalCode),
    latitude: kept(input.latitude, now.latitude),
    longitude: kept(input.longitude, now.longitude),
    phone: kept(input.phone, now.phone),
    openingHours: kept(input.openingHours, now.openingHours),
    services: kept(input.services, now.services) ?? [],
    active: input.active ?? now.active,
  };
}
