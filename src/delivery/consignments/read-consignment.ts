import { Injectable } from '@nestjs/common';
import { nameFor } from '../../facilities';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { heldUntil, lastMileOf } from '../doors/door-rules';
import { DoorsStore } from '../doors/doors.store';
import { NetworkStore } from '../network/network.store';
import { ScansStore } from '../scans/scans.store';
import { unitCode } from '../../codecs/unit-codes';
import { Consignment } from './consignment.graphql';
import { ConsignmentsStore, type ConsignmentRow } from './consignments.store';

/** A consignment as those see it who carry it: promise, plan and what went wrong with it. */
@Injectable()
export class ReadConsignment {
  constructor(
    private readonly database: Database,
    private readonly store: ConsignmentsStore,
    private readonly scans: ScansStore,
    private readonly doors: DoorsStore,
    private readonly network: NetworkStore,
  ) {}

  /** Throws NOT_FOUND, also for a text that is no code. */
  run(ctx: Context, unit: string): Promise<Consignment> {
    mayAnywhere(ctx, 'consignment.read');
    const read = unitCode(unit);
    if ('fault' in read) throw notFound();
    return this.database.read(ctx, async work => {
      const row = await this.store.consignment(work, read.code);
      if (!row) throw notFound();
      return this.shown(ctx, work, row);
    });
  }

  async shown(ctx: Context, work: UnitOfWork, row: ConsignmentRow): Promise<Consignment> {
    const [exceptions, trail, wrongGuesses, directions] = await Promise.all([
      this.store.exceptions(work, row.unitId),
      this.scans.doorTrail(work, row.unitId),
      this.doors.wrongGuesses(work, row.unitId),
      this.doors.directions(work, row.unitId),
    ]);
    const mile = lastMileOf(trail, wrongGuesses);
    const hubIds = [
      row.toHubId,
      row.fromHubId,
      ...row.runs.flatMap(run => [run.fromHubId, run.toHubId]),
      ...exceptions.flatMap(({ hubId }) => hubId ?? []),
      ...mile.attempts.flatMap(({ hubId }) => hubId ?? []),
    ];
    const hubs = await this.network.hubsOf(work, [...new Set(hubIds)]);
    const names = new Map(hubs.map(hub => [hub.id, nameFor(ctx, hub.names, hub.code)]));
    return Object.assign(new Consignment(), {
      unit: row.unitId,
      trackingCode: row.trackingCode,
      kind: row.kind,
      temperature: row.temperature,
      status: row.status,
      fromHubId: row.fromHubId,
      toHubId: row.toHubId,
      promisedAt: row.promisedAt,
      dueAt: row.dueAt,
      planVersion: row.version,
      runs: row.runs.map(run => ({
        legId: run.legId,
        from: names.get(run.fromHubId)!,
        to: names.get(run.toHubId)!,
        departsAt: new Date(run.departsAt),
        arrivesAt: new Date(run.arrivesAt),
      })),
      exceptions: exceptions.map(({ kind, hubId, at }) => ({ kind, at, hub: hubId && names.get(hubId)! })),
      door: {
        attempts: mile.attempts.map(({ at, reason, hubId }) => ({
          at: new Date(at / 1000),
          reason,
          hub: (hubId && names.get(hubId)) ?? null,
        })),
        held: mile.held !== null,
        heldUntil: heldUntil(mile.held, ctx.tenant!.timeZone),
        handover: mile.handedOver && { ...mile.handedOver, at: new Date(mile.handedOver.at / 1000) },
        directions,
      },
    });
  }
}
