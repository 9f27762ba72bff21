import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { OpenStaffAccount, StaffDirectory } from '../../identity';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Places } from '../places/places';
import { reachPlace } from '../staff/reach-place';
import { RoleNeedsSecondPerson, RoleRequestClosed } from './role-request.graphql';
import { type RoleRequestRow, RoleRequestsStore } from './role-requests.store';

const DECIDE = 'staff.decide-role';

type Refused = RoleNeedsSecondPerson | RoleRequestClosed;
type Decided = { answer: RoleRequestRow | Refused; send?: () => Promise<void> };

/**
 * A second person gives a role that reaches beyond one facility, or declines to (ROLES.md §3 rule 4). She is neither who
 * asked nor who is to have it, and could give it there herself. Who is new is invited now.
 */
@Injectable()
export class DecideRoleRequest {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: RoleRequestsStore,
    private readonly directory: StaffDirectory,
    private readonly accounts: OpenStaffAccount,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND, and INVALID_INPUT when she has meanwhile a role that does not go with this one. */
  async run(
    ctx: Context,
    input: { requestId: string; approved: boolean },
  ): Promise<RoleRequestRow | Refused> {
    mayAnywhere(ctx, DECIDE);
    const { answer, send } = await this.database.write(ctx, async work => {
      const request = await this.store.request(ctx, work, input.requestId);
      if (!request) throw notFound();
      may(ctx, DECIDE, await reachPlace(this.places, work, request.grant.reach));
      return this.decide(ctx, work, request, input.approved);
    });
    await send?.();
    return answer;
  }

  private async decide(
    ctx: Context,
    work: UnitOfWork,
    request: RoleRequestRow,
    approved: boolean,
  ): Promise<Decided> {
    if (ctx.actor.id === request.askedBy || ctx.actor.id === request.staffId)
      return { answer: this.refuse(ctx, new RoleNeedsSecondPerson(), 'roleNeedsSecondPerson') };
    const state = approved ? 'GIVEN' : 'DECLINED';
    const isDecided = await this.store.decide(ctx, work, request.id, state);
    const answer = (await this.store.request(ctx, work, request.id))!;
    if (!isDecided) return { answer: this.closed(ctx, answer) };
    this.audit.record(ctx, work, {
      action: DECIDE,
      resource: { type: 'role-request', id: request.id },
      detail: { state, staffId: request.staffId, grant: request.grant, askedBy: request.askedBy },
    });
    return { answer, send: approved ? await this.give(ctx, work, request) : undefined };
  }

  private async give(ctx: Context, work: UnitOfWork, request: RoleRequestRow): Promise<() => Promise<void>> {
    const { email, name } = (await this.directory.member(work, request.staffId))!;
    const { send } = await this.accounts.in(ctx, work, { email, name, grants: [request.grant] });
    return send;
  }

  private closed(ctx: Context, { state }: RoleRequestRow): RoleRequestClosed {
    return this.refuse(ctx, Object.assign(new RoleRequestClosed(), { state }), 'roleRequestClosed');
  }

  private refuse<Refusal extends Refused>(ctx: Context, refusal: Refusal, key: string): Refusal {
    return Object.assign(refusal, { message: this.texts.say(ctx, `facilities.refusal.${key}`) });
  }
}
