import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type Page, type PageRequest, pageOf } from '../../common';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Places } from '../places/places';
import { type RoleRequestRow, type RoleRequestState, RoleRequestsStore } from './role-requests.store';

/** What somebody may decide on, or was decided: for one area itself, or (none named) in the whole country. */
@Injectable()
export class ReadRoleRequests {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: RoleRequestsStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for an unknown area. */
  run(
    ctx: Context,
    { state, areaId = null }: { state: RoleRequestState; areaId?: string | null },
    page: PageRequest,
  ): Promise<Page<RoleRequestRow>> {
    mayAnywhere(ctx, 'staff.decide-role');
    return this.database.read(ctx, async work => {
      const place = areaId ? { areaIds: await this.places.areaPath(work, areaId) } : {};
      may(ctx, 'staff.decide-role', place);
      const rows = await this.store.page(ctx, work, { state, areaId }, page);
      this.audit.record(ctx, work, { action: 'staff.read', resource: { type: 'role-request', id: null } });
      return pageOf(rows, page.first, ({ id }) => id);
    });
  }
}
