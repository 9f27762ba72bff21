import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { StaffDirectory, type StaffMember } from '../../identity';
import type { Context, Grant } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { roleAsked } from '../facilities.events';
import { answersForUsers, DAYS_TO_DECIDE, needsSecondPerson } from './role-request-rules';
import { type RoleRequestRow, RoleRequestsStore } from './role-requests.store';

/** A member of staff, with the roles that a second person has yet to decide on. */
export type StaffWithAsked = StaffMember & { rolesAsked: RoleRequestRow[] };

/** Roles that one person gives and roles that she only asks for. */
@Injectable()
export class AskForRoles {
  constructor(
    private readonly store: RoleRequestsStore,
    private readonly directory: StaffDirectory,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Which of these one person gives, and which two do. The second who answers for a country's users is named by the first
   * alone, since there is nobody else; from then on there was one, whatever becomes of her.
   */
  async sorted(
    work: UnitOfWork,
    grants: readonly Grant[],
  ): Promise<{ given: readonly Grant[]; asked: readonly Grant[] }> {
    const isFirst = grants.some(answersForUsers) && (await this.directory.everGiven(work, 'user-admin')) < 2;
    const isAsked = (grant: Grant): boolean =>
      needsSecondPerson(grant) && !(isFirst && answersForUsers(grant));
    return { given: grants.filter(grant => !isAsked(grant)), asked: grants.filter(isAsked) };
  }

  /** Asks for roles of an account; those who may decide are told. Asked again meanwhile, it is the same request. */
  async in(ctx: Context, work: UnitOfWork, staffId: string, grants: readonly Grant[]): Promise<void> {
    const expiresAt = new Date(ctx.now().getTime() + DAYS_TO_DECIDE * 86_400_000);
    for (const grant of grants) {
      const { id, isNew } = await this.store.ask(ctx, work, { staffId, grant, expiresAt });
      if (!isNew) continue;
      this.audit.record(ctx, work, {
        action: 'staff.ask-for-role',
        resource: { type: 'role-request', id },
        detail: { staffId, grant },
      });
      this.outbox.announce(ctx, work, roleAsked, id, { requestId: id });
    }
  }

  /** Members as they are shown: with what is asked for them. */
  async beside(ctx: Context, work: UnitOfWork, members: readonly StaffMember[]): Promise<StaffWithAsked[]> {
    const ids = members.map(({ id }) => id);
    const open = await this.store.openFor(ctx, work, ids);
    return members.map(member => ({
      ...member,
      rolesAsked: open.filter(({ staffId }) => staffId === member.id),
    }));
  }
}
