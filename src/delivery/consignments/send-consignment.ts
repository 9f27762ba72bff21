import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { placeOf, type TemperatureClass } from '../network/hub-rules';
import type { Network } from '../network/network';
import { NoRoute } from '../network/network.graphql';
import { type HubRow, NetworkStore } from '../network/network.store';
import { Networks } from '../network/networks';
import { earliestWay } from '../network/way-rules';
import { unitCode } from '../scans/unit-code-rules';
import { type Consignment, UnitSentBefore } from './consignment.graphql';
import { ConsignmentsStore, type ConsignmentKind } from './consignments.store';
import { runsOf } from './plan-rules';
import { ReadConsignment } from './read-consignment';
import { newTrackingCode } from './tracking-code';

export interface SendConsignmentInput {
  idempotencyKey: string;
  unit?: string | null;
  kind: ConsignmentKind;
  fromHubId: string;
  toHubId?: string | null;
  toAreaId?: string | null;
  temperature: TemperatureClass;
  readyAt?: Date | null;
}

/** A labelled unit is sent: planned the earliest way, promised for when it can be handed out there. */
@Injectable()
export class SendConsignment {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly network: NetworkStore,
    private readonly store: ConsignmentsStore,
    private readonly reading: ReadConsignment,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for no such hub, INVALID_INPUT for a unit code that is none. */
  run(ctx: Context, input: SendConsignmentInput): Promise<Consignment | NoRoute | UnitSentBefore> {
    mayAnywhere(ctx, 'consignment.send');
    const trackingCode = newTrackingCode();
    const unit = unitCode(input.unit ?? trackingCode);
    if ('fault' in unit) throw invalid('unit', `delivery.scanFault.${unit.fault}`);
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const network = await this.networks.of(ctx, work);
        const from = network.hubs.get(input.fromHubId);
        if (!from) throw notFound();
        may(ctx, 'consignment.send', placeOf(from));
        const to = await this.destination(work, network, input);
        const sent = await once(ctx, work, input.idempotencyKey, input, () =>
          this.send(ctx, work, { network, from, to, input, unitId: unit.code, trackingCode }),
        );
        return this.reading.shown(ctx, work, (await this.store.consignment(work, sent!.id))!);
      }),
    );
  }

  private async destination(
    work: UnitOfWork,
    network: Network,
    { toHubId, toAreaId }: SendConsignmentInput,
  ): Promise<HubRow> {
    if (!toHubId === !toAreaId) throw invalid('toHubId', 'delivery.invalid.oneDestination');
    const to = toHubId ? network.hubs.get(toHubId) : await this.network.hubServing(work, toAreaId!);
    if (!to) throw notFound();
    return to;
  }

  private async send(
    ctx: Context,
    work: UnitOfWork,
    asked: {
      network: Network;
      from: HubRow;
      to: HubRow;
      input: SendConsignmentInput;
      unitId: string;
      trackingCode: string;
    },
  ): Promise<string> {
    const { network, from, to, unitId, trackingCode } = asked;
    const { temperature, kind } = asked.input;
    const readyAt = asked.input.readyAt ?? ctx.now();
    const way = earliestWay(network, { from, to, readyAt, temperature }, ctx.tenant!.timeZone);
    if (!way) throw new Refused(this.noRoute(ctx, from, to));
    const plan = { toHubId: to.id, dueAt: way.readyAt, runs: runsOf(way), networkVersion: network.version };
    const sent = {
      unitId,
      kind,
      fromHubId: from.id,
      sentToHubId: to.id,
      temperature,
      promisedAt: way.readyAt,
    };
    if (!(await this.store.add(ctx, work, sent, plan, trackingCode)))
      throw new Refused(
        Object.assign(new UnitSentBefore(), {
          message: this.texts.say(ctx, 'delivery.unitSentBefore', { unit: unitId }),
          unit: unitId,
        }),
      );
    this.audit.record(ctx, work, {
      action: 'consignment.send',
      resource: { type: 'consignment', id: unitId },
      detail: { kind, from: from.code, to: to.code },
    });
    return unitId;
  }

  private noRoute(ctx: Context, from: HubRow, to: HubRow): NoRoute {
    const message = this.texts.say(ctx, 'delivery.noRoute', { from: from.code, to: to.code });
    return Object.assign(new NoRoute(), { message });
  }
}
