import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isAllowed, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Coalescer, mustBeWritable, type Outcome } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { HandoverSecrets } from '../doors/handover-secrets';
import { placeOf } from '../network/hub-rules';
import { Networks } from '../network/networks';
import { clockOffset, type EnteredScan, type ScanFault, scanOf } from './scan-input-rules';
import { type CapturedScan, type ScanCapture, ScanOutcome } from './scan.graphql';
import type { HubRow } from '../network/network.store';
import type { DoorFacts, ToldScan } from './scans.store';
import { type TakenScan, TakeScans } from './take-scans';

/** What a device gathered. `deviceTime` is what its own clock says while it sends. */
export interface GatheredScans {
  deviceId: string;
  deviceTime: Date;
  scans: readonly EnteredScan[];
}

/** A device as its scans are read. `offset`: milliseconds by which its clock is behind ours. */
interface Device {
  id: string;
  offset: number;
  receivedAt: Date;
}

interface ScanCall {
  ctx: Context;
  scan: ToldScan;
}

/**
 * Units were scanned. Each scan has its own answer: one that cannot be taken leaves the others as they are. The same
 * scan of the same device, however often and by whomever it is sent, is one.
 */
@Injectable()
export class CaptureScans {
  private readonly together: Coalescer<ScanCall, TakenScan>;

  constructor(
    private readonly take: TakeScans,
    private readonly networks: Networks,
    private readonly secrets: HandoverSecrets,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {
    this.together = new Coalescer({
      run: calls => this.takeTogether(calls),
      keysOf: ({ scan: { id, units, container } }) => [id, ...units, ...(container ? [container] : [])],
      neverStill: () => new AppError('CONFLICT'),
    });
  }

  /** Throws TENANT_READ_ONLY, which would befall every one of them. */
  async run(ctx: Context, gathered: GatheredScans): Promise<ScanCapture> {
    const told = await this.told(ctx, gathered);
    const scans = told.flatMap(one => ('scan' in one ? [one.scan] : []));
    const taken = await this.take.run(ctx, scans, (work, fresh) => {
      this.audit.record(ctx, work, {
        action: 'scan.capture',
        resource: { type: 'device', id: gathered.deviceId },
        detail: { scans: fresh.length },
      });
    });
    return this.answer(ctx, gathered, told, taken);
  }

  /** {@link run} of one scan; those of one moment share a transaction. */
  async one(ctx: Context, gathered: GatheredScans): Promise<CapturedScan> {
    const told = await this.told(ctx, gathered);
    const [only] = told;
    const taken = only && 'scan' in only ? [await this.submit(ctx, only.scan)] : [];
    return this.answer(ctx, gathered, told, taken).scans[0]!;
  }

  private submit(ctx: Context, scan: ToldScan): Promise<TakenScan> {
    return this.together.submit(ctx.tenant!.code, { ctx, scan });
  }

  private async takeTogether(calls: readonly ScanCall[]): Promise<readonly Outcome<TakenScan>[]> {
    const byId = new Map(calls.map(call => [call.scan.id, call]));
    const scans = calls.map(({ scan }) => scan);
    const taken = await this.take.run(calls[0]!.ctx, scans, (work, fresh) => {
      for (const { id } of fresh)
        this.audit.record(byId.get(id)!.ctx, work, {
          action: 'scan.capture',
          resource: { type: 'device', id: id.slice(0, id.indexOf('/')) },
          detail: { scans: 1 },
        });
    });
    return taken.map(answer => ({ answer }));
  }

  /** Every scan as it is to be stored, or why it cannot be. */
  private async told(
    ctx: Context,
    { deviceId, deviceTime, scans }: GatheredScans,
  ): Promise<({ scan: ToldScan } | { fault: ScanFault })[]> {
    mayAnywhere(ctx, 'scan.capture');
    mustBeWritable(ctx);
    const receivedAt = ctx.now();
    const device = { id: deviceId, offset: clockOffset(deviceTime, receivedAt), receivedAt };
    const hubs = await this.networks.hubs(
      ctx,
      scans.map(({ hubId }) => hubId),
    );
    return Promise.all(scans.map(entered => this.readScan(ctx, entered, hubs.get(entered.hubId), device)));
  }

  private async readScan(
    ctx: Context,
    entered: EnteredScan,
    hub: HubRow | undefined,
    device: Device,
  ): Promise<{ scan: ToldScan } | { fault: ScanFault }> {
    if (!hub) return { fault: 'HUB' };
    if (!isAllowed(ctx, 'scan.capture', placeOf(hub))) return { fault: 'NOT_YOUR_HUB' };
    const read = scanOf(entered, device);
    if ('fault' in read) return read;
    const { scan, door, seal } = read;
    return {
      scan: Object.assign({}, scan, {
        readAtHub: hub.id,
        actorId: ctx.actor.id,
        receivedAt: device.receivedAt,
        seal,
        door: door && (await this.compared(ctx, scan.unitId, door, entered)),
      }),
    };
  }

  /** A secret is compared as it comes and is not kept. */
  private async compared(
    ctx: Context,
    unitId: string,
    door: DoorFacts,
    { proof }: EnteredScan,
  ): Promise<DoorFacts> {
    if (!proof?.secret) return door;
    return { ...door, proofMatches: await this.secrets.matches(ctx, unitId, proof.kind, proof.secret) };
  }

  private answer(
    ctx: Context,
    { deviceTime, scans }: GatheredScans,
    told: readonly ({ scan: ToldScan } | { fault: ScanFault })[],
    taken: readonly TakenScan[],
  ): ScanCapture {
    const receivedAt = ctx.now();
    const byId = new Map(taken.map(one => [one.id, one]));
    const refused = (clientId: string, fault: ScanFault): CapturedScan => ({
      clientId,
      outcome: ScanOutcome.REFUSED,
      fault,
      message: this.texts.say(ctx, `delivery.scanFault.${fault}`),
      anomalies: [],
    });
    return {
      receivedAt,
      clockOffsetSeconds: shownOffset(clockOffset(deviceTime, receivedAt)),
      scans: scans.map(({ clientId }, index) => {
        const one = told[index]!;
        if ('fault' in one) return refused(clientId, one.fault);
        const done = byId.get(one.scan.id)!;
        if ('error' in done) return refused(clientId, 'NOT_STORED');
        return {
          clientId,
          outcome: done.known ? ScanOutcome.ALREADY_RECORDED : ScanOutcome.RECORDED,
          fault: null,
          message: null,
          anomalies: done.anomalies.map(({ kind, unit }) => ({ kind, unit })),
        };
      }),
    };
  }
}

/** In seconds, as a GraphQL Int holds them: a clock that is further off than 68 years is off by so many. */
const shownOffset = (millis: number): number => Math.max(-INT, Math.min(INT, Math.round(millis / 1000)));
const INT = 2 ** 31 - 1;
