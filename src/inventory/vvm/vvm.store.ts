import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** Why vial monitors were looked at. */
export type VvmSource = 'RECEIPT' | 'CHECK' | 'COUNT';

/** The last reading of a shelf. */
export interface VvmReading {
  number: number;
  /** The worst stage on the shelf from then on. */
  shelf: number | null;
  holdId: string | null;
  readBy: string | null;
}

/** Readings of vial monitors. Whoever writes one holds the lock of the lot's stock at the facility. */
@Injectable()
export class VvmStore {
  async last(work: UnitOfWork, facilityId: string, lotId: string): Promise<VvmReading | null> {
    const [row] = await work.query<VvmReading>(
      `SELECT number, shelf, hold_id AS "holdId", actor_id AS "readBy" FROM vvm_reading
       WHERE facility_id = $1 AND lot_id = $2 ORDER BY number DESC LIMIT 1`,
      [facilityId, lotId],
    );
    return row ?? null;
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    reading: Omit<VvmReading, 'readBy'> & {
      facilityId: string;
      lotId: string;
      seen: number | null;
      source: VvmSource;
      referenceId: string | null;
    },
  ): Promise<void> {
    await work.query(
      `WITH shelf AS (UPDATE stock_on_hand SET vvm_stage = $5::smallint WHERE facility_id = $1::uuid AND lot_id = $2::uuid)
       INSERT INTO vvm_reading (facility_id, lot_id, number, seen, shelf, source, reference_id, hold_id, at, actor_id)
       VALUES ($1::uuid, $2::uuid, $3, $4, $5::smallint, $6, $7, $8, $9, $10)`,
      [
        reading.facilityId,
        reading.lotId,
        reading.number,
        reading.seen,
        reading.shelf,
        reading.source,
        reading.referenceId,
        reading.holdId,
        ctx.now(),
        ctx.actor.id,
      ],
    );
  }
}
