import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { EquipmentDetails, EquipmentState } from './equipment-rules';

export interface EquipmentRow extends EquipmentDetails {
  id: string;
  facilityId: string;
  state: EquipmentState;
  stateSince: Date;
}

const EQUIPMENT = `e.id, e.facility_id AS "facilityId", e.kind, e.pqs_code AS "pqsCode", e.manufacturer, e.model, e.serial,
  e.grai, e.giai, e.capacities, e.state, e.state_since AS "stateSince"`;

@Injectable()
export class EquipmentStore {
  async one(work: UnitOfWork, facilityId: string, id: string): Promise<EquipmentRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<EquipmentRow>(
      `SELECT ${EQUIPMENT} FROM cold_equipment e WHERE e.facility_id = $1 AND e.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** What a facility has, in the order in which it was registered; one row more than the page holds. */
  at(work: UnitOfWork, facilityId: string, page: PageRequest): Promise<EquipmentRow[]> {
    const after = page.after ? decodeCursor(page.after) : null;
    return work.query(
      `SELECT ${EQUIPMENT} FROM cold_equipment e
       WHERE e.facility_id = $1 AND ($2::uuid IS NULL OR e.id > $2) ORDER BY e.id LIMIT $3`,
      [facilityId, after !== null && isId(after) ? after : null, page.first + 1],
    );
  }

  /** The one that the place has with this maker, model and serial number. */
  async known(
    work: UnitOfWork,
    facilityId: string,
    { manufacturer, model, serial }: Pick<EquipmentDetails, 'manufacturer' | 'model' | 'serial'>,
  ): Promise<EquipmentRow | null> {
    const [row] = await work.query<EquipmentRow>(
      `SELECT ${EQUIPMENT} FROM cold_equipment e
       WHERE e.facility_id = $1 AND e.manufacturer = $2 AND e.model = $3 AND e.serial = $4`,
      [facilityId, manufacturer, model, serial],
    );
    return row ?? null;
  }

  /** The new one's id; null when the place has one of this maker, model and serial number. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    details: EquipmentDetails,
  ): Promise<string | null> {
    const [row] = await work.query<{ id: string }>(
      `INSERT INTO cold_equipment (facility_id, id, kind, pqs_code, manufacturer, model, serial, grai, giai, capacities,
         state, state_since, registered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'WORKING', $11, $11)
       ON CONFLICT ON CONSTRAINT cold_equipment_serial_unique DO NOTHING RETURNING id`,
      [
        facilityId,
        ctx.newId(),
        details.kind,
        details.pqsCode,
        details.manufacturer,
        details.model,
        details.serial,
        details.grai,
        details.giai,
        JSON.stringify(details.capacities),
        ctx.now(),
      ],
    );
    return row?.id ?? null;
  }

  /** False when it was in that state already. */
  async setState(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: Pick<EquipmentRow, 'facilityId' | 'id'>,
    state: EquipmentState,
    remark: string,
  ): Promise<boolean> {
    const changed = await work.query(
      `WITH changed AS (
         UPDATE cold_equipment SET state = $3, state_since = $4
         WHERE facility_id = $1 AND id = $2 AND state <> $3 RETURNING facility_id, id)
       INSERT INTO cold_equipment_change (facility_id, equipment_id, id, state, remark, at, actor_id)
       SELECT facility_id, id, $5::uuid, $3, $6, $4, $7 FROM changed RETURNING id`,
      [facilityId, id, state, ctx.now(), ctx.newId(), remark, ctx.actor.id],
    );
    return changed.length > 0;
  }
}
