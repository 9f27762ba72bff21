import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { TemperatureClass } from '../network/hub-rules';
import type { UnitStatus } from '../scan-rules';
import { instantText } from '../scans/instants';
import type { ExceptionKind, PlannedRun, WayException } from './plan-rules';

export type ConsignmentKind = 'VACCINES' | 'SUPPLIES' | 'SAMPLES' | 'CERTIFICATE' | 'PARCEL';

/** What was sent and when it was said to be there. */
export interface SentConsignment {
  unitId: string;
  kind: ConsignmentKind;
  fromHubId: string;
  /** Where it was sent to; where it now goes is in its plan. */
  sentToHubId: string;
  temperature: TemperatureClass;
  promisedAt: Date;
  /** What it weighs; null where nobody said. */
  grams: number | null;
}

/** The way it is now meant to go. */
export interface ConsignmentPlan {
  toHubId: string;
  /** When it can be handed out there; null when no departures lead there. */
  dueAt: Date | null;
  runs: PlannedRun[];
  networkVersion: number;
}

export type ConsignmentRow = SentConsignment &
  ConsignmentPlan & { version: number; status: UnitStatus | null; trackingCode: string };

export interface ExceptionRow {
  kind: ExceptionKind | 'RUN_CANCELLED';
  hubId: string | null;
  at: Date;
}

const ROW = `c.unit_id AS "unitId", c.kind, c.from_hub_id AS "fromHubId", c.to_hub_id AS "sentToHubId", c.temperature,
  c.promised_at AS "promisedAt", c.grams, p.to_hub_id AS "toHubId", p.due_at AS "dueAt", p.runs -> 'runs' AS runs,
  p.network_version AS "networkVersion", p.version, s.status,
  (SELECT t.code FROM tracking_code t WHERE t.unit_id = c.unit_id LIMIT 1) AS "trackingCode"`;
const FROM = `consignment c JOIN consignment_plan p ON p.unit_id = c.unit_id LEFT JOIN unit_state s ON s.unit_id = c.unit_id`;

/** The plan's runs as they are stored: `keys` is what a cancelled run finds them by. */
const stored = (runs: readonly PlannedRun[]): string => JSON.stringify({ keys: runs.map(keyOf), runs });

const keyOf = ({ legId, day }: Pick<PlannedRun, 'legId' | 'day'>): string => `${legId} ${day}`;

@Injectable()
export class ConsignmentsStore {
  /** False when the unit was sent before. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    sent: SentConsignment,
    plan: ConsignmentPlan,
    trackingCode: string,
  ): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO consignment (unit_id, kind, from_hub_id, to_hub_id, temperature, promised_at, sent_at, actor_id, grams)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (unit_id) DO NOTHING RETURNING unit_id`,
      [
        sent.unitId,
        sent.kind,
        sent.fromHubId,
        sent.sentToHubId,
        sent.temperature,
        sent.promisedAt,
        ctx.now(),
        ctx.actor.id,
        sent.grams,
      ],
    );
    if (added.length === 0) return false;
    await work.query(`INSERT INTO tracking_code (code, unit_id) VALUES ($1, $2)`, [
      trackingCode,
      sent.unitId,
    ]);
    await work.query(
      `INSERT INTO consignment_plan (unit_id, to_hub_id, due_at, runs, network_version, planned_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, 1)`,
      [sent.unitId, plan.toHubId, plan.dueAt, stored(plan.runs), plan.networkVersion, ctx.now()],
    );
    return true;
  }

  async consignment(work: UnitOfWork, unitId: string): Promise<ConsignmentRow | null> {
    const [row] = await work.query<ConsignmentRow>(`SELECT ${ROW} FROM ${FROM} WHERE c.unit_id = $1`, [
      unitId,
    ]);
    return row ?? null;
  }

  /** The account or partner that sent it; null for what nobody sent. */
  async sender(work: UnitOfWork, unitId: string): Promise<string | null> {
    const [row] = await work.query<{ senderId: string }>(
      `SELECT actor_id AS "senderId" FROM consignment WHERE unit_id = $1`,
      [unitId],
    );
    return row?.senderId ?? null;
  }

  /** {@link consignment}, its plan locked: whoever plans it anew at the same moment waits. */
  async lock(work: UnitOfWork, unitId: string): Promise<ConsignmentRow | null> {
    await work.query(`SELECT FROM consignment_plan WHERE unit_id = $1 FOR UPDATE`, [unitId]);
    return this.consignment(work, unitId);
  }

  /** The unit that a tracking code is of; null for one that is nobody's here. */
  async tracked(work: UnitOfWork, code: string): Promise<string | null> {
    const [row] = await work.query<{ unitId: string }>(
      `SELECT unit_id AS "unitId" FROM tracking_code WHERE code = $1`,
      [code],
    );
    return row?.unitId ?? null;
  }

  /** Which of these units are consignments. */
  async among(work: UnitOfWork, unitIds: readonly string[]): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `SELECT found.* FROM unnest($1::text[]) k(unit_id), LATERAL (
         SELECT c.unit_id AS "unitId" FROM consignment c WHERE c.unit_id = k.unit_id OFFSET 0) found`,
      [unitIds],
    );
    return rows.map(({ unitId }) => unitId);
  }

  /** Consignments, not handed over yet, that are planned to take a run. */
  async takingRun(work: UnitOfWork, run: Pick<PlannedRun, 'legId' | 'day'>): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `SELECT p.unit_id AS "unitId" FROM consignment_plan p LEFT JOIN unit_state s ON s.unit_id = p.unit_id
       WHERE p.runs -> 'keys' ? $1 AND coalesce(s.status NOT IN ('DELIVERED', 'RETURNED'), true) ORDER BY p.unit_id`,
      [keyOf(run)],
    );
    return rows.map(({ unitId }) => unitId);
  }

  /** The same runs, on some of which there is no room taken any more. */
  async keepRuns(work: UnitOfWork, unitId: string, runs: readonly PlannedRun[]): Promise<void> {
    await work.query(`UPDATE consignment_plan SET runs = $2 WHERE unit_id = $1`, [unitId, stored(runs)]);
  }

  async plan(ctx: Context, work: UnitOfWork, unitId: string, plan: ConsignmentPlan): Promise<void> {
    await work.query(
      `UPDATE consignment_plan SET to_hub_id = $2, due_at = $3, runs = $4, network_version = $5, planned_at = $6,
         version = version + 1 WHERE unit_id = $1`,
      [unitId, plan.toHubId, plan.dueAt, stored(plan.runs), plan.networkVersion, ctx.now()],
    );
  }

  /** Adds what went wrong; false when that scan had shown it before. */
  async addException(
    ctx: Context,
    work: UnitOfWork,
    unitId: string,
    { kind, hubId, at, scanId }: WayException,
  ): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO consignment_exception (unit_id, id, kind, hub_id, at, scan_id) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT ON CONSTRAINT consignment_exception_scan_unique DO NOTHING RETURNING id`,
      [unitId, ctx.newId(), kind, hubId, instantText(at), scanId],
    );
    return added.length > 0;
  }

  /** Adds that a run it was to take does not happen. */
  async addCancelledRun(ctx: Context, work: UnitOfWork, unitId: string, hubId: string): Promise<void> {
    await work.query(
      `INSERT INTO consignment_exception (unit_id, id, kind, hub_id, at) VALUES ($1, $2, 'RUN_CANCELLED', $3, $4)`,
      [unitId, ctx.newId(), hubId, ctx.now()],
    );
  }

  exceptions(work: UnitOfWork, unitId: string): Promise<ExceptionRow[]> {
    return work.query(
      `SELECT kind, hub_id AS "hubId", at FROM consignment_exception WHERE unit_id = $1 ORDER BY at, id LIMIT 100`,
      [unitId],
    );
  }
}
