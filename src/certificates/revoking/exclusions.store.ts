import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { RevocationCause } from './revocation-order';

/** Doses that stand in the record and are certified no more. */
@Injectable()
export class ExclusionsStore {
  /** Those of one person, by the dose's id. */
  async ofPerson(work: UnitOfWork, personId: string): Promise<ReadonlyMap<string, RevocationCause>> {
    const rows = await work.query<{ id: string; cause: RevocationCause }>(
      `SELECT vaccination_id AS id, cause FROM certificate_exclusion WHERE person_id = $1`,
      [personId],
    );
    return new Map(rows.map(({ id, cause }) => [id, cause]));
  }

  /** Excludes doses; one that was excluded before stays so for the cause it was. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    doses: readonly { personId: string; vaccinationId: string }[],
    { id, cause }: { id: string; cause: RevocationCause },
  ): Promise<void> {
    await work.query(
      `INSERT INTO certificate_exclusion (person_id, vaccination_id, order_id, cause, at)
       SELECT d."personId", d."vaccinationId", $2, $3, $4
       FROM jsonb_to_recordset($1::jsonb) AS d ("personId" uuid, "vaccinationId" uuid)
       ORDER BY 1, 2 ON CONFLICT (person_id, vaccination_id) DO NOTHING`,
      [JSON.stringify(doses), id, cause, ctx.now()],
    );
  }

  /**
   * What is held to be made up stays so when it is said anew; of a recalled lot the correction tells which lot it was, and
   * the dose is judged by that.
   */
  async carryFraud(
    work: UnitOfWork,
    personId: string,
    { from, to }: { from: string; to: string },
  ): Promise<void> {
    await work.query(
      `INSERT INTO certificate_exclusion (person_id, vaccination_id, order_id, cause, at)
       SELECT person_id, $3, order_id, cause, at FROM certificate_exclusion
       WHERE person_id = $1 AND vaccination_id = $2 AND cause = 'fraud'
       ON CONFLICT (person_id, vaccination_id) DO NOTHING`,
      [personId, from, to],
    );
  }
}
