import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Refused, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { consignmentSent } from '../delivery.events';
import { type Receiver, Receivers } from '../messages/receivers';
import type { TemperatureClass } from '../network/hub-rules';
import type { Network } from '../network/network';
import { NoRoute } from '../network/network.graphql';
import type { HubRow } from '../network/network.store';
import { FindRoom } from '../room/find-room';
import { OwnSsccs } from '../numbers/own-ssccs';
import { unitCode } from '../../codecs/unit-codes';
import { UnitSentBefore } from './consignment.graphql';
import { ConsignmentsStore, type ConsignmentKind } from './consignments.store';
import { runsOf } from './plan-rules';
import { newTrackingCode } from './tracking-code';

/** What is sent, from where and where to. */
export interface Dispatched {
  network: Network;
  from: HubRow;
  to: HubRow;
  kind: ConsignmentKind;
  temperature: TemperatureClass;
  /** As it was read from its label; when left out an SSCC of the country's own, else its tracking code. */
  unit?: string | null;
  readyAt?: Date | null;
  /** Its weight in grams. */
  weightGrams?: number | null;
  receiver?: Receiver | null;
}

/** Sends one unit within a unit of work, for whoever has checked that the caller may. */
@Injectable()
export class Dispatch {
  constructor(
    private readonly room: FindRoom,
    private readonly ownSsccs: OwnSsccs,
    private readonly store: ConsignmentsStore,
    private readonly receivers: Receivers,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /**
   * The unit's code. It is planned the earliest way and promised for when it can be handed out there. Throws INVALID_INPUT
   * for a unit code or a phone that is none, Refused with NoRoute or UnitSentBefore.
   */
  async send(ctx: Context, work: UnitOfWork, sent: Dispatched): Promise<string> {
    const { network, from, to, kind, temperature } = sent;
    const unit = unitCode(sent.unit ?? (await this.ownSsccs.one(ctx, work)) ?? newTrackingCode());
    if ('fault' in unit) throw invalid('unit', `delivery.scanFault.${unit.fault}`);
    const unitId = unit.code;
    const receiver = sent.receiver ? await this.receivers.row(ctx, unitId, sent.receiver) : null;
    const readyAt = sent.readyAt ?? ctx.now();
    const grams = sent.weightGrams ?? null;
    const found = await this.room.take(ctx, work, network, { from, to, readyAt, temperature, grams });
    if (!found) throw new Refused(this.noRoute(ctx, from, to));
    const { way, taken } = found;
    const added = await this.store.add(
      ctx,
      work,
      { unitId, kind, fromHubId: from.id, sentToHubId: to.id, temperature, promisedAt: way.readyAt, grams },
      { toHubId: to.id, dueAt: way.readyAt, runs: runsOf(way, taken), networkVersion: network.version },
      newTrackingCode(),
    );
    if (!added) throw new Refused(this.sentBefore(ctx, unitId));
    if (receiver) await this.receivers.add(ctx, work, unitId, receiver);
    this.outbox.announce(ctx, work, consignmentSent, unitId, { unitId });
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

  private sentBefore(ctx: Context, unit: string): UnitSentBefore {
    const message = this.texts.say(ctx, 'delivery.unitSentBefore', { unit });
    return Object.assign(new UnitSentBefore(), { message, unit });
  }
}
