import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

export type ExcursionSide = 'low' | 'high';

/** A stay beyond what a class of products bears. */
export interface ExcursionRow {
  id: string;
  facilityId: string;
  /** The excursion elsewhere that stock came here from; null for one that was measured here. */
  originFacilityId: string | null;
  originId: string | null;
  loggerId: string | null;
  storageClass: string;
  side: ExcursionSide;
  limitCelsius: number;
  atLimit: boolean;
  limitMinutes: number;
  judgedBy: 'READINGS' | 'DEVICE';
  fromAt: Date;
  toAt: Date;
  /** Minutes beyond the limit within it. */
  minutes: number;
  /** °C; null where nobody measured it. */
  furthest: number | null;
  openedAt: Date;
  reportedBy: string[];
  version: number;
  decidedAt: Date | null;
  decidedBy: string | null;
  /** The excursion that it turned out to be a part of; null for one by itself. */
  partOf: string | null;
}

export type NewExcursion = Omit<
  ExcursionRow,
  'id' | 'openedAt' | 'version' | 'decidedAt' | 'decidedBy' | 'partOf'
>;

/** A lot that was in an excursion. */
export interface ExposedLot {
  lotId: string;
  lotNumber: string;
  productCode: string;
  /** On hand, or on their way there, when it was found. */
  doses: number;
  holdId: string | null;
  outcome: 'RELEASED' | 'DISCARDED' | null;
  reason: string | null;
  vvmStage: number | null;
  remark: string | null;
  discarded: number | null;
}

/** What was decided on a lot. */
export interface LotDecision {
  lotId: string;
  outcome: 'RELEASED' | 'DISCARDED';
  reason: string;
  vvmStage: number | null;
  remark: string | null;
  discarded: number | null;
}

/** Excursions at the places of an area. */
export interface AreaExcursions {
  areaId: string;
  /** Began to be known in the period. */
  opened: number;
  /** Nobody has decided on, now. */
  undecided: number;
  /** Whole doses that decisions of the period threw away. */
  discardedDoses: number;
}

const EXCURSION = `e.id, e.facility_id AS "facilityId", e.origin_facility_id AS "originFacilityId", e.origin_id AS "originId",
  e.logger_id AS "loggerId", e.storage_class AS "storageClass", e.side, e.limit_celsius::float8 AS "limitCelsius",
  e.at_limit AS "atLimit", e.limit_minutes AS "limitMinutes", e.judged_by AS "judgedBy", e.from_at AS "fromAt",
  e.to_at AS "toAt", e.minutes, e.furthest::float8 AS furthest, e.opened_at AS "openedAt", e.reported_by AS "reportedBy",
  e.version, e.decided_at AS "decidedAt", e.decided_by AS "decidedBy", e.part_of AS "partOf"`;

const LOT = `x.lot_id AS "lotId", l.lot_number AS "lotNumber", l.product_code AS "productCode", x.doses, x.hold_id AS "holdId",
  x.outcome, x.reason, x.vvm_stage AS "vvmStage", x.remark, x.discarded`;

@Injectable()
export class ExcursionsStore {
  async one(work: UnitOfWork, facilityId: string, id: string): Promise<ExcursionRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<ExcursionRow>(
      `SELECT ${EXCURSION} FROM excursion e WHERE e.facility_id = $1 AND e.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** {@link one}, locked: it neither grows nor is decided on by others meanwhile. */
  async lock(work: UnitOfWork, facilityId: string, id: string): Promise<ExcursionRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<ExcursionRow>(
      `SELECT ${EXCURSION} FROM excursion e WHERE e.facility_id = $1 AND e.id = $2 FOR UPDATE`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** Excursions of a logger that share an instant with a stretch of time, decided on or not, locked, in order. */
  meeting(
    work: UnitOfWork,
    { facilityId, id }: { facilityId: string; id: string },
    { from, to }: { from: Date; to: Date },
  ): Promise<ExcursionRow[]> {
    return work.query(
      `SELECT ${EXCURSION} FROM excursion e
       WHERE e.facility_id = $1 AND e.logger_id = $2 AND e.to_at >= $3 AND e.from_at <= $4 ORDER BY e.from_at, e.id FOR UPDATE`,
      [facilityId, id, from, to],
    );
  }

  /** The new one; null when the facility has one of that origin that nobody has decided on. */
  async open(ctx: Context, work: UnitOfWork, excursion: NewExcursion): Promise<ExcursionRow | null> {
    const [row] = await work.query<ExcursionRow>(
      `INSERT INTO excursion AS e (facility_id, id, origin_facility_id, origin_id, logger_id, storage_class, side, limit_celsius,
         at_limit, limit_minutes, judged_by, from_at, to_at, minutes, furthest, opened_at, reported_by, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)
       ON CONFLICT (facility_id, origin_facility_id, origin_id) WHERE decided_at IS NULL DO NOTHING RETURNING ${EXCURSION}`,
      [
        excursion.facilityId,
        ctx.newId(),
        excursion.originFacilityId,
        excursion.originId,
        excursion.loggerId,
        excursion.storageClass,
        excursion.side,
        excursion.limitCelsius,
        excursion.atLimit,
        excursion.limitMinutes,
        excursion.judgedBy,
        excursion.fromAt,
        excursion.toAt,
        excursion.minutes,
        excursion.furthest,
        ctx.now(),
        excursion.reportedBy,
      ],
    );
    return row ?? null;
  }

  /** What is known of it now, with who brought it. */
  async grow(
    work: UnitOfWork,
    { facilityId, id }: Pick<ExcursionRow, 'facilityId' | 'id'>,
    known: Pick<ExcursionRow, 'fromAt' | 'toAt' | 'minutes' | 'furthest'>,
    reportedBy: readonly string[],
  ): Promise<ExcursionRow> {
    const [row] = await work.query<ExcursionRow>(
      `UPDATE excursion e SET from_at = $3, to_at = $4, minutes = $5, furthest = $6, version = version + 1,
         reported_by = ARRAY(SELECT DISTINCT unnest(e.reported_by || $7::text[]) ORDER BY 1)
       WHERE e.facility_id = $1 AND e.id = $2 RETURNING ${EXCURSION}`,
      [facilityId, id, known.fromAt, known.toAt, known.minutes, known.furthest, reportedBy],
    );
    return row!;
  }

  /** The one that came of an excursion elsewhere and that nobody has decided on. */
  async ofOrigin(
    work: UnitOfWork,
    facilityId: string,
    origin: { facilityId: string; id: string },
  ): Promise<ExcursionRow | null> {
    const [row] = await work.query<ExcursionRow>(
      `SELECT ${EXCURSION} FROM excursion e
       WHERE e.facility_id = $1 AND e.origin_facility_id = $2 AND e.origin_id = $3 AND e.decided_at IS NULL`,
      [facilityId, origin.facilityId, origin.id],
    );
    return row ?? null;
  }

  /** Which of these lots are in an excursion of that origin at a facility already, decided on or not. */
  async lotsOfOrigin(
    work: UnitOfWork,
    facilityId: string,
    origin: { facilityId: string; id: string },
  ): Promise<string[]> {
    const rows = await work.query<{ lotId: string }>(
      `SELECT DISTINCT x.lot_id AS "lotId" FROM excursion e
         JOIN excursion_lot x ON x.facility_id = e.facility_id AND x.excursion_id = e.id
       WHERE e.facility_id = $1 AND e.origin_facility_id = $2 AND e.origin_id = $3`,
      [facilityId, origin.facilityId, origin.id],
    );
    return rows.map(({ lotId }) => lotId);
  }

  /** Those of these pieces of equipment that were measured and opened since, the first first. */
  openedIn(
    work: UnitOfWork,
    equipment: readonly { facilityId: string; equipmentId: string }[],
    since: Date,
  ): Promise<{ facilityId: string; excursionId: string }[]> {
    return work.query(
      `SELECT DISTINCT e.facility_id AS "facilityId", e.id AS "excursionId"
       FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, equipment_id)
         JOIN temperature_logger l ON l.facility_id = k.facility_id AND l.equipment_id = k.equipment_id
         JOIN excursion e ON e.facility_id = l.facility_id AND e.logger_id = l.id
       WHERE e.opened_at >= $3 AND e.part_of IS NULL ORDER BY 2`,
      [equipment.map(({ facilityId }) => facilityId), equipment.map(({ equipmentId }) => equipmentId), since],
    );
  }

  /** The lots that were in it, by product and number. */
  lots(work: UnitOfWork, { facilityId, id }: Pick<ExcursionRow, 'facilityId' | 'id'>): Promise<ExposedLot[]> {
    return work.query(
      `SELECT ${LOT} FROM excursion_lot x JOIN lot l ON l.id = x.lot_id
       WHERE x.facility_id = $1 AND x.excursion_id = $2 ORDER BY l.product_code, l.lot_number, l.id`,
      [facilityId, id],
    );
  }

  async addLot(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: Pick<ExcursionRow, 'facilityId' | 'id'>,
    lot: Pick<ExposedLot, 'lotId' | 'doses' | 'holdId'>,
  ): Promise<void> {
    await work.query(
      `INSERT INTO excursion_lot (facility_id, excursion_id, lot_id, doses, hold_id, found_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [facilityId, id, lot.lotId, lot.doses, lot.holdId, ctx.now()],
    );
  }

  /** The excursion is a part of another: nobody decides on it. */
  async join(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: Pick<ExcursionRow, 'facilityId' | 'id'>,
    whole: Pick<ExcursionRow, 'id'>,
  ): Promise<void> {
    await work.query(
      `UPDATE excursion SET part_of = $3, decided_at = $4, version = version + 1 WHERE facility_id = $1 AND id = $2`,
      [facilityId, id, whole.id, ctx.now()],
    );
  }

  /** A lot that was told without a hold has one. */
  async setHold(
    work: UnitOfWork,
    { facilityId, id }: Pick<ExcursionRow, 'facilityId' | 'id'>,
    { lotId, holdId }: Pick<ExposedLot, 'lotId' | 'holdId'>,
  ): Promise<void> {
    await work.query(
      `UPDATE excursion_lot SET hold_id = $4 WHERE facility_id = $1 AND excursion_id = $2 AND lot_id = $3`,
      [facilityId, id, lotId, holdId],
    );
  }

  /** The version after lots were added. */
  async raiseVersion(
    work: UnitOfWork,
    { facilityId, id }: Pick<ExcursionRow, 'facilityId' | 'id'>,
  ): Promise<void> {
    await work.query(`UPDATE excursion SET version = version + 1 WHERE facility_id = $1 AND id = $2`, [
      facilityId,
      id,
    ]);
  }

  async decide(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: Pick<ExcursionRow, 'facilityId' | 'id'>,
    lots: readonly LotDecision[],
  ): Promise<void> {
    await work.query(
      `WITH decided AS (
         UPDATE excursion SET decided_at = $3, decided_by = $4, version = version + 1 WHERE facility_id = $1 AND id = $2)
       UPDATE excursion_lot x SET outcome = d.outcome, reason = d.reason, vvm_stage = d."vvmStage", remark = d.remark,
         discarded = d.discarded
       FROM json_to_recordset($5::json) AS d("lotId" uuid, outcome text, reason text, "vvmStage" smallint, remark text, discarded integer)
       WHERE x.facility_id = $1 AND x.excursion_id = $2 AND x.lot_id = d."lotId"`,
      [facilityId, id, ctx.now(), ctx.actor.id ?? ctx.actor.kind, JSON.stringify(lots)],
    );
  }

  /** Excursions at a facility, newest first; one row more than the page holds. */
  at(
    work: UnitOfWork,
    facilityId: string,
    { undecided, page }: { undecided: boolean; page: PageRequest },
  ): Promise<ExcursionRow[]> {
    return work.query(
      `SELECT ${EXCURSION} FROM excursion e
       WHERE e.facility_id = $1 AND (NOT $2 OR e.decided_at IS NULL) AND ($3::uuid IS NULL OR e.id < $3)
       ORDER BY e.id DESC LIMIT $4`,
      [facilityId, undecided, startOf(page), page.first + 1],
    );
  }

  /** Counts of excursions in the areas right below the asked one (in it itself where it goes no deeper), most first. */
  byArea(
    work: UnitOfWork,
    { areaId, from, until }: { areaId: string | null; from: Date; until: Date },
  ): Promise<AreaExcursions[]> {
    const inPeriod = (at: string): string => `(${at} >= $2 AND ${at} < $3)`;
    return work.query(
      `SELECT coalesce(a.path[coalesce(array_position(a.path, $1::uuid), 0) + 1], f.area_id)::text AS "areaId",
         count(*) FILTER (WHERE ${inPeriod('e.opened_at')})::integer AS opened,
         count(*) FILTER (WHERE e.decided_at IS NULL)::integer AS undecided,
         coalesce(sum((SELECT sum(x.discarded) FROM excursion_lot x
           WHERE x.facility_id = e.facility_id AND x.excursion_id = e.id))
           FILTER (WHERE ${inPeriod('e.decided_at')}), 0)::integer AS "discardedDoses"
       FROM excursion e JOIN facility f ON f.id = e.facility_id JOIN area a ON a.id = f.area_id
       WHERE e.part_of IS NULL AND ($1::uuid IS NULL OR a.path @> ARRAY[$1::uuid])
         AND (${inPeriod('e.opened_at')} OR e.decided_at IS NULL OR ${inPeriod('e.decided_at')})
       GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1000`,
      [areaId, from, until],
    );
  }

  /**
   * Excursions in an area and all below it that nobody has decided on, newest first: on many servers a question to
   * each.
   */
  undecidedIn(work: UnitOfWork, areaId: string, page: PageRequest): Promise<ExcursionRow[]> {
    return work.query(
      `SELECT ${EXCURSION} FROM excursion e JOIN facility f ON f.id = e.facility_id JOIN area a ON a.id = f.area_id
       WHERE e.decided_at IS NULL AND a.path @> ARRAY[$1::uuid] AND ($2::uuid IS NULL OR e.id < $2)
       ORDER BY e.id DESC LIMIT $3`,
      [areaId, startOf(page), page.first + 1],
    );
  }
}

/** A forged cursor only starts the page elsewhere. */
function startOf({ after }: PageRequest): string | null {
  const id = after ? decodeCursor(after) : null;
  return id !== null && isId(id) ? id : null;
}
