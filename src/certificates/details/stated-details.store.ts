import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { PersonKeys } from '../../registry';
import type { Evidence } from '../grievances/grievance';
import { detailPlace, type DetailTable } from '../sealed-place';
import type { Detail, ProvedDetails } from './detail-rules';

/** A detail that was asked for, and on whose sight of which document. */
export interface ProvedDetail {
  personId: string;
  detail: Detail;
  value: string;
  seen: Evidence;
  facilityId: string;
  /** The case that asked for it; null at a desk. */
  grievanceId: string | null;
}

interface Row {
  id: string;
  detail: Detail;
  sealed: Buffer | null;
  sealedIn: DetailTable;
  at: Date;
  takenBackAt: Date | null;
}

/** What people asked to have stated, and proved. Nobody is found by it. */
@Injectable()
export class StatedDetailsStore {
  constructor(private readonly keys: PersonKeys) {}

  async add(
    ctx: Context,
    work: UnitOfWork,
    { personId, detail, value, seen, facilityId, grievanceId }: ProvedDetail,
  ): Promise<string> {
    const id = ctx.newId();
    const sealed = await this.keys.seal(ctx, work, personId, detailPlace(id), value);
    await work.query(
      `INSERT INTO stated_detail (person_id, id, detail, sealed_value, seen, facility_id, grievance_id, seen_by, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        personId,
        id,
        detail,
        sealed,
        seen,
        facilityId,
        grievanceId,
        ctx.actor.id ?? ctx.actor.kind,
        ctx.now(),
      ],
    );
    return id;
  }

  /** What was proved last of each detail, and not taken back since. */
  async of(ctx: Context, work: UnitOfWork, personId: string): Promise<ProvedDetails> {
    const rows = await work.query<Row>(
      `SELECT DISTINCT ON (detail) id, detail, sealed_value AS sealed, sealed_in AS "sealedIn", at,
              taken_back_at AS "takenBackAt"
       FROM stated_detail WHERE person_id = $1 ORDER BY detail, id DESC`,
      [personId],
    );
    const valueOf = async (detail: Detail): Promise<string | null> => {
      const row = rows.find(one => one.detail === detail);
      if (!row?.sealed) return null;
      return this.keys.openOne(ctx, work, personId, detailPlace(row.id, row.sealedIn), row.sealed);
    };
    const changes = rows.map(({ at, takenBackAt }) => takenBackAt ?? at);
    return {
      birthDate: await valueOf('birth-date'),
      passport: await valueOf('passport'),
      since: changes.reduce<Date | null>((last, at) => (last && last > at ? last : at), null),
    };
  }

  /**
   * Forgets all that was proved of these details. What was still stated of them, and since when; nothing when nothing
   * was.
   */
  async takeBack(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    details: readonly Detail[],
  ): Promise<{ detail: Detail; since: Date }[]> {
    return work.query(
      `WITH taken AS (
         UPDATE stated_detail SET sealed_value = NULL, taken_back_by = $3, taken_back_at = $4
         WHERE person_id = $1 AND detail = ANY ($2) AND taken_back_at IS NULL RETURNING detail, at)
       SELECT detail, min(at) AS since FROM taken GROUP BY detail ORDER BY detail`,
      [personId, details, ctx.actor.id ?? ctx.actor.kind, ctx.now()],
    );
  }
}
