import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isAllowed, may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import type { Consignment } from '../consignments/consignment.graphql';
import { type ConsignmentRow, ConsignmentsStore } from '../consignments/consignments.store';
import { Destinations } from '../consignments/destinations';
import { PlanConsignment } from '../consignments/plan-consignment';
import { standsAt } from '../consignments/plan-rules';
import { ReadConsignment } from '../consignments/read-consignment';
import { consignmentMoved } from '../delivery.events';
import { placeOf } from '../network/hub-rules';
import type { Network } from '../network/network';
import { NoRoute } from '../network/network.graphql';
import type { HubRow } from '../network/network.store';
import { Networks } from '../network/networks';
import { ScansStore } from '../scans/scans.store';
import { unitCode } from '../../codecs/unit-codes';
import { type DirectionKind, lastMileOf } from './door-rules';
import { ConsignmentHandedOver } from './door.graphql';
import { DoorsStore } from './doors.store';

const DIRECT = 'consignment.direct';

export interface RedirectConsignmentInput {
  idempotencyKey: string;
  unit: string;
  toHubId?: string | null;
  toAreaId?: string | null;
}

export type ReturnConsignmentInput = Pick<RedirectConsignmentInput, 'idempotencyKey' | 'unit'>;

type Directed = Consignment | NoRoute | ConsignmentHandedOver;

/**
 * A consignment is told to go somewhere else, or back to where it came from: it is planned from where it is. The promise
 * stays what it was. Whoever sends from where it was sent, or hands out where it goes to, may say so.
 */
@Injectable()
export class DirectConsignment {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly destinations: Destinations,
    private readonly consignments: ConsignmentsStore,
    private readonly scans: ScansStore,
    private readonly store: DoorsStore,
    private readonly plan: PlanConsignment,
    private readonly reading: ReadConsignment,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for no such consignment, hub or area; INVALID_INPUT unless either of the latter is said. */
  redirect(ctx: Context, input: RedirectConsignmentInput): Promise<Directed> {
    return this.direct(ctx, input, 'REDIRECT', (work, network) => this.destinations.of(work, network, input));
  }

  /** Throws NOT_FOUND for no such consignment. */
  back(ctx: Context, input: ReturnConsignmentInput): Promise<Directed> {
    return this.direct(ctx, input, 'RETURN', async (_work, network, { fromHubId }) =>
      network.hubs.get(fromHubId)!,
    );
  }

  private direct(
    ctx: Context,
    input: ReturnConsignmentInput,
    kind: DirectionKind,
    goal: (work: UnitOfWork, network: Network, consignment: ConsignmentRow) => Promise<HubRow>,
  ): Promise<Directed> {
    mayAnywhere(ctx, DIRECT);
    const read = unitCode(input.unit);
    if ('fault' in read) throw notFound();
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const consignment = await this.consignments.lock(work, read.code);
        if (!consignment) throw notFound();
        const network = await this.networks.of(ctx, work);
        this.mayDirect(ctx, network, consignment);
        const to = await goal(work, network, consignment);
        await once(ctx, work, input.idempotencyKey, { ...input, kind }, async () => {
          await this.go(ctx, work, { kind, consignment, network, to });
          return consignment.unitId;
        });
        return this.reading.shown(
          ctx,
          work,
          (await this.consignments.consignment(work, consignment.unitId))!,
        );
      }),
    );
  }

  private mayDirect(ctx: Context, { hubs }: Network, { fromHubId, toHubId }: ConsignmentRow): void {
    if (isAllowed(ctx, DIRECT, placeOf(hubs.get(fromHubId)!))) return;
    may(ctx, DIRECT, placeOf(hubs.get(toHubId)!));
  }

  private async go(
    ctx: Context,
    work: UnitOfWork,
    asked: { kind: DirectionKind; consignment: ConsignmentRow; network: Network; to: HubRow },
  ): Promise<void> {
    const { kind, consignment, network, to } = asked;
    const { unitId } = consignment;
    const steps = await this.scans.doorTrail(work, unitId);
    const { handedOver } = lastMileOf(steps, 0);
    if (handedOver) throw new Refused(this.handedOver(ctx, new Date(handedOver.at / 1000)));
    const last = steps.findLast(step => step.lastScan === step.scanId) ?? null;
    const from = standsAt(consignment, last, consignment.runs.length, ctx.now());
    if (!(await this.plan.from(ctx, work, { ...consignment, toHubId: to.id }, from)))
      throw new Refused(this.noRoute(ctx, network.hubs.get(from.hubId), to));
    await this.store.addDirection(ctx, work, unitId, { kind, toHubId: to.id });
    this.outbox.announce(ctx, work, consignmentMoved, unitId, { unitId });
    this.audit.record(ctx, work, {
      action: kind === 'RETURN' ? 'consignment.return' : 'consignment.redirect',
      resource: { type: 'consignment', id: unitId },
      detail: { to: to.code },
    });
  }

  private handedOver(ctx: Context, at: Date): ConsignmentHandedOver {
    const message = this.texts.say(ctx, 'delivery.consignmentHandedOver');
    return Object.assign(new ConsignmentHandedOver(), { message, at });
  }

  private noRoute(ctx: Context, from: HubRow | undefined, to: HubRow): NoRoute {
    const message = this.texts.say(ctx, 'delivery.noRoute', { from: from?.code ?? '', to: to.code });
    return Object.assign(new NoRoute(), { message });
  }
}
