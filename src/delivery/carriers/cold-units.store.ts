import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** A unit of the network that is a piece of equipment. */
export interface ColdUnitRow {
  unitId: string;
  facilityId: string;
  equipmentId: string;
}

@Injectable()
export class ColdUnitsStore {
  /** From now on the unit is this piece of equipment, whatever it was before. */
  async put(ctx: Context, work: UnitOfWork, { unitId, facilityId, equipmentId }: ColdUnitRow): Promise<void> {
    await work.query(
      `INSERT INTO cold_unit (unit_id, facility_id, equipment_id, since, actor_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (unit_id) DO UPDATE SET facility_id = excluded.facility_id, equipment_id = excluded.equipment_id,
         since = excluded.since, actor_id = excluded.actor_id`,
      [unitId, facilityId, equipmentId, ctx.now(), ctx.actor.id],
    );
  }

  /** The equipment that bears labels. */
  labelled(work: UnitOfWork): Promise<Pick<ColdUnitRow, 'facilityId' | 'equipmentId'>[]> {
    return work.query(
      `SELECT DISTINCT facility_id AS "facilityId", equipment_id AS "equipmentId" FROM cold_unit ORDER BY 1, 2`,
    );
  }

  /** The units that a piece of equipment bears the label of; mostly one. */
  async ofEquipment(work: UnitOfWork, facilityId: string, equipmentId: string): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `SELECT unit_id AS "unitId" FROM cold_unit WHERE equipment_id = $2 AND facility_id = $1 ORDER BY unit_id LIMIT 100`,
      [facilityId, equipmentId],
    );
    return rows.map(({ unitId }) => unitId);
  }
}
