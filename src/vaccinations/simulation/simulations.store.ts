import { Injectable } from '@nestjs/common';
import { type CivilDate, isId } from '../../common';
import type { UnitOfWork } from '../../platform/database';

export interface SimulationRow {
  id: string;
  /** The pack that is tried out, and the one in force when it was asked for. */
  packId: string;
  basePackId: string;
  from: CivilDate;
  months: number;
}

export interface Standing {
  areaId: string;
  vaccineGroup: string;
  /** A DueStatus, or `none` where a programme does not have the group. */
  before: string;
  after: string;
  persons: number;
}

export interface Need {
  areaId: string;
  /** The first day of the month. */
  month: CivilDate;
  vaccine: string;
  inForce: number;
  simulated: number;
}

@Injectable()
export class SimulationsStore {
  async add(work: UnitOfWork, row: SimulationRow): Promise<void> {
    await work.query(
      `INSERT INTO programme_simulation (id, pack_id, base_pack_id, from_day, months) VALUES ($1, $2, $3, $4, $5)`,
      [row.id, row.packId, row.basePackId, row.from, row.months],
    );
  }

  async one(work: UnitOfWork, id: string): Promise<SimulationRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<SimulationRow>(
      `SELECT id, pack_id AS "packId", base_pack_id AS "basePackId", from_day::text AS "from", months
       FROM programme_simulation WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Adds what a slice has counted to the rows of its part. */
  async count(
    work: UnitOfWork,
    at: { id: string; part: number },
    counted: { standings: readonly Standing[]; needs: readonly Need[] },
  ): Promise<void> {
    await work.query(
      `INSERT INTO programme_simulation_standing AS s (simulation_id, part, area_id, vaccine_group, before, after, persons)
       SELECT $1, $2, "areaId", "vaccineGroup", before, after, persons
       FROM json_to_recordset($3::json) AS n("areaId" uuid, "vaccineGroup" text, before text, after text, persons integer)
       ON CONFLICT (simulation_id, part, area_id, vaccine_group, before, after)
       DO UPDATE SET persons = s.persons + excluded.persons`,
      [at.id, at.part, JSON.stringify(counted.standings)],
    );
    await work.query(
      `INSERT INTO programme_simulation_need AS s (simulation_id, part, area_id, month, vaccine, in_force, simulated)
       SELECT $1, $2, "areaId", month, vaccine, "inForce", simulated
       FROM json_to_recordset($3::json) AS n("areaId" uuid, month date, vaccine text, "inForce" integer, simulated integer)
       ON CONFLICT (simulation_id, part, area_id, month, vaccine)
       DO UPDATE SET in_force = s.in_force + excluded.in_force, simulated = s.simulated + excluded.simulated`,
      [at.id, at.part, JSON.stringify(counted.needs)],
    );
  }

  /** How people of these areas stand before and after. */
  standings(work: UnitOfWork, id: string, areaIds: readonly string[]): Promise<Omit<Standing, 'areaId'>[]> {
    return work.query(
      `SELECT vaccine_group AS "vaccineGroup", before, after, sum(persons)::float8 AS persons
       FROM programme_simulation_standing WHERE simulation_id = $1 AND area_id = ANY ($2::uuid[])
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [id, areaIds],
    );
  }

  /** Doses needed, of areas summed up into others: `into[i]` stands for `areaIds[i]`. */
  needs(work: UnitOfWork, id: string, areaIds: readonly string[], into: readonly string[]): Promise<Need[]> {
    return work.query(
      `SELECT a.sum_id AS "areaId", n.month::text, n.vaccine, sum(n.in_force)::float8 AS "inForce",
              sum(n.simulated)::float8 AS simulated
       FROM programme_simulation_need n JOIN unnest($2::uuid[], $3::uuid[]) AS a(area_id, sum_id) USING (area_id)
       WHERE n.simulation_id = $1 GROUP BY 1, 2, 3 ORDER BY 2, 3, 1`,
      [id, areaIds, into],
    );
  }
}
