import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type Page, type PageRequest, pageOf } from '../../common';
import { StaffDirectory } from '../../identity';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Places } from '../places/places';
import { AskForRoles, type StaffWithAsked } from '../role-requests/ask-for-roles';

/** Who works at a facility, in an area itself, or (neither named) for the country at all. */
@Injectable()
export class ReadStaff {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly asking: AskForRoles,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for an unknown place. */
  async run(
    ctx: Context,
    at: { areaId?: string | null; facilityId?: string | null },
    page: PageRequest,
  ): Promise<Page<StaffWithAsked>> {
    mayAnywhere(ctx, 'staff.read');
    if (at.areaId && at.facilityId) throw invalid('facilityId', 'facilities.fault.onePlace');
    return this.database.read(ctx, async work => {
      if (at.facilityId) may(ctx, 'staff.read', await this.places.of(work, at.facilityId));
      else may(ctx, 'staff.read', at.areaId ? { areaIds: await this.places.areaPath(work, at.areaId) } : {});
      const id = at.facilityId ?? at.areaId;
      const rows = await this.directory.membersAt(work, id ? [id] : null, page);
      this.audit.record(ctx, work, { action: 'staff.read', resource: { type: 'staff', id: null } });
      return pageOf(await this.asking.beside(ctx, work, rows), page.first, member => member.email);
    });
  }
}
