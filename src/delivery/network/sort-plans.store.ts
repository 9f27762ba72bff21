import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { TemperatureClass } from './hub-rules';

/** Where the things of one departure go, as it is stored. */
export interface StoredDirection {
  legId: string;
  toHubId: string;
  /** Minute of the week; before the cut-off it is the next week's. */
  departs: number;
  /** Codes of the hubs they are for. */
  destinations: string[];
}

export interface SortPlanRow {
  hubId: string;
  version: number;
  temperature: TemperatureClass;
  networkVersion: number;
  madeAt: Date;
}

export interface CutOffRow {
  /** Minute of the week. */
  cutOff: number;
  directions: StoredDirection[];
}

const PLAN = `hub_id AS "hubId", version, temperature, network_version AS "networkVersion", made_at AS "madeAt"`;

@Injectable()
export class SortPlansStore {
  /** One version of a hub's plan, or its newest for a class of goods; null when it has none. */
  async plan(
    work: UnitOfWork,
    hubId: string,
    asked: { version: number | null; temperature: TemperatureClass },
  ): Promise<SortPlanRow | null> {
    const [row] = await work.query<SortPlanRow>(
      `SELECT ${PLAN} FROM sort_plan WHERE hub_id = $1 AND temperature = $3 AND ($2::integer IS NULL OR version = $2)
       ORDER BY version DESC LIMIT 1`,
      [hubId, asked.version, asked.temperature],
    );
    return row ?? null;
  }

  /** Adds the next version of a hub's plan; whoever makes one at the same moment finds its number taken and fails. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    plan: Pick<SortPlanRow, 'hubId' | 'temperature' | 'networkVersion'>,
    cutOffs: readonly CutOffRow[],
  ): Promise<SortPlanRow> {
    const [row] = await work.query<SortPlanRow>(
      `INSERT INTO sort_plan (hub_id, version, temperature, network_version, made_at, actor_id)
       SELECT $1::uuid, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM sort_plan WHERE hub_id = $1 RETURNING ${PLAN}`,
      [plan.hubId, plan.temperature, plan.networkVersion, ctx.now(), ctx.actor.id],
    );
    await work.query(
      `INSERT INTO sort_plan_cut_off (hub_id, version, cut_off, directions)
       SELECT $1, $2, "cutOff", directions FROM jsonb_to_recordset($3::jsonb) AS c("cutOff" integer, directions jsonb)`,
      [plan.hubId, row!.version, JSON.stringify(cutOffs)],
    );
    return row!;
  }

  /** The first cut-off of a plan that is not before a minute of the week, else the week's first. */
  async cutOffFrom(work: UnitOfWork, plan: SortPlanRow, minute: number): Promise<CutOffRow | null> {
    const [row] = await work.query<CutOffRow>(
      `SELECT cut_off AS "cutOff", directions FROM sort_plan_cut_off WHERE hub_id = $1 AND version = $2
       ORDER BY cut_off < $3::integer, cut_off LIMIT 1`,
      [plan.hubId, plan.version, minute],
    );
    return row ?? null;
  }
}
