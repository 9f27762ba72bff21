import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CountryWords } from '../../localisation';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { FacilitiesStore } from './facilities.store';
import { Facility, FacilityCodeTaken, type RegisterFacilityGraphqlInput } from './facility.graphql';
import { checkFacility } from './facility-rules';
import { faultsAsError, namesOf } from './facility-input';
import { Places } from './places';

/** A place that vaccinates is entered by form. */
@Injectable()
export class RegisterFacility {
  constructor(
    private readonly database: Database,
    private readonly words: CountryWords,
    private readonly places: Places,
    private readonly store: FacilitiesStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for an unknown area, INVALID_INPUT with every fault. */
  async run(ctx: Context, input: RegisterFacilityGraphqlInput): Promise<Facility | FacilityCodeTaken> {
    mayAnywhere(ctx, 'facility.register');
    const profile = await this.words.profile(ctx);
    return this.database.write(ctx, async work => {
      may(ctx, 'facility.register', { areaIds: await this.places.areaPath(work, input.areaId) });
      const { facility, faults } = checkFacility(profile, {
        code: input.code,
        names: namesOf(input.names),
        category: input.category,
        kind: input.kind,
        address: input.address ?? null,
        postalCode: input.postalCode ?? null,
        latitude: input.latitude ?? null,
        longitude: input.longitude ?? null,
        phone: input.phone ?? null,
        openingHours: input.openingHours ?? null,
        services: input.services ?? [],
        active: true,
      });
      if (faults.length > 0) throw faultsAsError(faults);
      const id = ctx.newId();
      if (!(await this.store.add(work, { ...facility, areaId: input.areaId, id }, ctx.now()))) {
        const holder = await this.store.placesByCode(work, [input.code]);
        const message = this.texts.say(ctx, 'facilities.codeTaken', { code: input.code });
        return Object.assign(new FacilityCodeTaken(), {
          message,
          facilityId: holder.get(input.code)!.facilityId,
        });
      }
      this.audit.record(ctx, work, {
        action: 'facility.register',
        resource: { type: 'facility', id },
        facilityId: id,
      });
      return Object.assign(new Facility(), await this.store.facility(work, id));
    });
  }
}
