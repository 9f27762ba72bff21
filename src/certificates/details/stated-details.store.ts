import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { PersonKeys } from '../../registry';
import type { Evidence } from '../grievances/grievance';
import { detailPlace, passportPlace } from '../sealed-place';
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
  sealed: Buffer;
  at: Date;
  /** Proved before there were other details than passports, and sealed where those were kept. */
  isOld: boolean;
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

  /** What was proved last of each detail. */
  async of(ctx: Context, work: UnitOfWork, personId: string): Promise<ProvedDetails> {
    const rows = await work.query<Row>(
      `SELECT DISTINCT ON (detail) * FROM (
         SELECT id, detail, sealed_value AS sealed, at, false AS "isOld" FROM stated_detail WHERE person_id = $1
         UNION ALL
         SELECT id, 'passport', sealed_number, at, true FROM travel_document WHERE person_id = $1) AS proved
       ORDER BY detail, id DESC`,
      [personId],
    );
    const valueOf = async (detail: Detail): Promise<string | null> => {
      const row = rows.find(one => one.detail === detail);
      if (!row) return null;
      const place = row.isOld ? passportPlace(row.id) : detailPlace(row.id);
      return this.keys.openOne(ctx, work, personId, place, row.sealed);
    };
    return {
      birthDate: await valueOf('birth-date'),
      passport: await valueOf('passport'),
      since: rows.reduce<Date | null>((last, { at }) => (last && last > at ? last : at), null),
    };
  }
}
