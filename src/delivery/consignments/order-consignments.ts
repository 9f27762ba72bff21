import { Injectable } from '@nestjs/common';
import { isTrial, PartnerChecks } from '../../identity';
import { may, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import type { TemperatureClass } from '../network/hub-rules';
import { NoRoute } from '../network/network.graphql';
import { type HubRow, NetworkStore } from '../network/network.store';
import { Networks } from '../network/networks';
import type { Size } from '../rates/rate-rules';
import { type Quote, Rates } from '../rates/rates';
import { RatesStore } from '../rates/rates.store';
import { ScansStore } from '../scans/scans.store';
import { unitCode } from '../../codecs/unit-codes';
import type { Receiver } from '../messages/receivers';
import { UnitSentBefore } from './consignment.graphql';
import { type ConsignmentKind, ConsignmentsStore } from './consignments.store';
import { type OrderFault, OrderedConsignment } from './order.graphql';
import { Dispatch } from './dispatch';

/** One consignment of a bulk order; the reference is the partner's own and is sent once. */
export interface OrderRow {
  reference: string;
  unit?: string | null;
  kind: ConsignmentKind;
  fromHub: string;
  toHub?: string | null;
  toAreaId?: string | null;
  temperature: TemperatureClass;
  readyAt?: Date | null;
  receiver?: Receiver | null;
  service?: string | null;
  weightGrams?: number | null;
  size?: Size | null;
}

/** A row that cannot be sent, with why: the others are not touched by it. */
class RowRefused extends Error {
  constructor(readonly fault: OrderFault) {
    super(fault);
  }
}

/** What verbs below say of an input, in the words of a row; null for what is no affair of the row's. */
function faultOf(error: unknown): OrderFault | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'IDEMPOTENCY_KEY_REUSED') return 'REFERENCE_REUSED';
  if (error.code !== 'INVALID_INPUT') return null;
  const path = error.faults[0]?.path ?? '';
  if (path === 'unit') return 'CODE';
  return path === 'idempotencyKey' ? 'REFERENCE' : 'RECEIVER';
}

/** A partner sends many consignments at once, each on its own: planned, promised and labelled, or told why not. */
@Injectable()
export class OrderConsignments {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly network: NetworkStore,
    private readonly store: ConsignmentsStore,
    private readonly scans: ScansStore,
    private readonly dispatch: Dispatch,
    private readonly rates: Rates,
    private readonly prices: RatesStore,
    private readonly checks: PartnerChecks,
    private readonly texts: Texts,
  ) {}

  /** In the order of the rows. What a partner in its sandbox orders is planned and answered, and undone. */
  async run(ctx: Context, rows: readonly OrderRow[]): Promise<OrderedConsignment[]> {
    may(ctx, 'consignment.order', { accountId: signedIn(ctx).id });
    const ordered: OrderedConsignment[] = [];
    for (const row of rows) ordered.push(await this.row(ctx, row));
    if (isTrial(ctx.actor) && ordered.some(({ fault }) => fault === null))
      await this.database.write(ctx, work => this.checks.shown(ctx, work, 'ORDER_PLANNED'));
    return ordered;
  }

  private async row(ctx: Context, row: OrderRow): Promise<OrderedConsignment> {
    try {
      const answer = await orRefusal<OrderedConsignment, NoRoute | UnitSentBefore>(() =>
        this.database.write(ctx, work => this.order(ctx, work, row)),
      );
      if (answer instanceof NoRoute) return this.refused(ctx, row, 'NO_ROUTE');
      return answer instanceof UnitSentBefore ? this.refused(ctx, row, 'SENT_BEFORE') : answer;
    } catch (error) {
      const fault = error instanceof RowRefused ? error.fault : faultOf(error);
      if (fault === null) throw error;
      return this.refused(ctx, row, fault);
    }
  }

  private async order(ctx: Context, work: UnitOfWork, row: OrderRow): Promise<OrderedConsignment> {
    const network = await this.networks.of(ctx, work);
    const byCode = (code: string): HubRow | undefined =>
      [...network.hubs.values()].find(hub => hub.code === code);
    const from = byCode(row.fromHub);
    if (!from) throw new RowRefused('UNKNOWN_HUB');
    if (!row.toHub === !row.toAreaId) throw new RowRefused('ONE_DESTINATION');
    const to = row.toHub ? byCode(row.toHub) : await this.network.hubServing(work, row.toAreaId!);
    if (!to) throw new RowRefused(row.toHub ? 'UNKNOWN_HUB' : 'UNKNOWN_AREA');
    const sent = await once(ctx, work, row.reference, row, async () => {
      await this.neverScanned(work, row.unit);
      const quote = await this.quote(ctx, work, row, from, to);
      const unitId = await this.dispatch.send(ctx, work, { ...row, network, from, to });
      if (quote) await this.prices.charge(work, unitId, quote.version, quote);
      return unitId;
    });
    const consignment = (await this.store.consignment(work, sent!.id))!;
    const answer = Object.assign(new OrderedConsignment(), {
      reference: row.reference,
      trial: isTrial(ctx.actor),
      unit: consignment.unitId,
      trackingCode: consignment.trackingCode,
      promisedAt: consignment.promisedAt,
      price: await this.prices.chargeOf(work, consignment.unitId),
      fault: null,
      message: null,
    });
    if (answer.trial) throw new Refused(answer);
    return answer;
  }

  /** What it costs today; null while the country has no price list in force. */
  private async quote(
    ctx: Context,
    work: UnitOfWork,
    { service, weightGrams, size }: OrderRow,
    from: HubRow,
    to: HubRow,
  ): Promise<Quote | null> {
    const load = { weightGrams: weightGrams ?? Infinity, size };
    const quotes = await this.rates.quotes(ctx, work, { from, to, load });
    if (!quotes) return null;
    const quote = service ? quotes.find(one => one.service === service) : quotes[0];
    if (!quote) throw new RowRefused('NO_RATE');
    return quote;
  }

  /** A partner is told of what it sent: it must not call something its own that is already on its way. */
  private async neverScanned(work: UnitOfWork, text: string | null | undefined): Promise<void> {
    const unit = unitCode(text ?? '');
    if (!text || 'fault' in unit) return; // made here, or refused by whoever reads it next
    if ((await this.scans.trail(work, unit.code)).length > 0) throw new RowRefused('SENT_BEFORE');
  }

  private refused(ctx: Context, { reference }: OrderRow, fault: OrderFault): OrderedConsignment {
    return Object.assign(new OrderedConsignment(), {
      reference,
      trial: isTrial(ctx.actor),
      unit: null,
      trackingCode: null,
      promisedAt: null,
      price: null,
      fault,
      message: this.texts.say(ctx, `delivery.orderFault.${fault}`),
    });
  }
}
