import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import { firstIdAt, startOfDay } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { ExpiringLot, Levels } from './level-rules';

export interface LevelRow extends Levels {
  facilityId: string;
  productCode: string;
  expiryDays: number;
  setAt: Date;
}

/** What a facility has of a product, or is to have. */
export interface ProductStock {
  facilityId: string;
  productCode: string;
  /** Lots that may be given today, with doses whose vials are not open too long. */
  lots: ExpiringLot[];
  /** On the shelf and expired, on hold or open too long. Whole doses. */
  unusable: number;
  /** Set aside for it elsewhere, or despatched to it. Whole doses. */
  onTheWay: number;
}

/** Doses of a product that a facility uses a day. */
export interface DailyUse {
  facilityId: string;
  productCode: string;
  dailyUse: number;
  /** Days on which it had some, of those that were looked at. */
  days: number;
}

/** Wastage that comes of giving doses, which more people bring more of. What spoils is not a need. */
const WASTED_IN_USE = ['OPEN_VIAL_DISCARDED', 'BROKEN', 'CONTAMINATED'];

@Injectable()
export class LevelsStore {
  /** So that what is read of these facilities by two at once is kept in the order in which it was read. */
  async lock(work: UnitOfWork, facilityIds: readonly string[]): Promise<void> {
    await work.query(`SELECT FROM facility WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [
      facilityIds,
    ]);
  }

  levels(work: UnitOfWork, facilityIds: readonly string[]): Promise<LevelRow[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", product_code AS "productCode", min_doses AS "minDoses",
         reorder_doses AS "reorderDoses", max_doses AS "maxDoses", expiry_days AS "expiryDays", set_at AS "setAt"
       FROM stock_level WHERE facility_id = ANY ($1::uuid[]) ORDER BY facility_id, product_code`,
      [facilityIds],
    );
  }

  /** In the place of what was set before. */
  async setLevel(ctx: Context, work: UnitOfWork, level: Omit<LevelRow, 'setAt'>): Promise<void> {
    await work.query(
      `INSERT INTO stock_level (facility_id, product_code, min_doses, reorder_doses, max_doses, expiry_days, set_at, set_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (facility_id, product_code) DO UPDATE SET min_doses = excluded.min_doses,
         reorder_doses = excluded.reorder_doses, max_doses = excluded.max_doses, expiry_days = excluded.expiry_days,
         set_at = excluded.set_at, set_by = excluded.set_by`,
      [
        level.facilityId,
        level.productCode,
        level.minDoses,
        level.reorderDoses,
        level.maxDoses,
        level.expiryDays,
        ctx.now(),
        ctx.actor.id ?? ctx.actor.kind,
      ],
    );
  }

  /** Products that these facilities have or had, have a level for, or have or had on the way. */
  stock(
    work: UnitOfWork,
    facilityIds: readonly string[],
    today: CivilDate,
    now: Date,
  ): Promise<ProductStock[]> {
    return work.query(
      `WITH shelf AS (
         SELECT s.facility_id, l.product_code, l.expires_on, s.doses - spoilt.doses AS fresh, spoilt.doses AS spoilt,
           l.expires_on < $2::date OR EXISTS (
             SELECT FROM lot_hold h WHERE h.lot_id = l.id AND (h.facility_id IS NULL OR h.facility_id = s.facility_id)
               AND NOT EXISTS (SELECT FROM lot_hold_release r WHERE r.lot_id = h.lot_id AND r.hold_id = h.id)) AS unfit
         FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id, LATERAL (
           SELECT coalesce(sum(v.left_doses), 0)::integer AS doses FROM open_vial v
           WHERE v.facility_id = s.facility_id AND v.lot_id = s.lot_id AND v.left_doses > 0 AND v.use_by <= $3) spoilt
         WHERE s.facility_id = ANY ($1::uuid[])),
       had AS (
         SELECT facility_id, product_code,
           jsonb_agg(jsonb_build_object('expiresOn', expires_on, 'doses', fresh)) FILTER (WHERE NOT unfit AND fresh > 0) AS lots,
           sum(CASE WHEN unfit THEN fresh + spoilt ELSE spoilt END)::integer AS unusable, 0 AS coming
         FROM shelf GROUP BY 1, 2),
       coming AS (
         SELECT s.to_facility_id, l.product_code, NULL::jsonb, 0, sum(n.doses)::integer
         FROM stock_shipment s JOIN stock_shipment_line n ON n.facility_id = s.facility_id AND n.shipment_id = s.id
           JOIN lot l ON l.id = n.lot_id
         WHERE s.to_facility_id = ANY ($1::uuid[]) AND s.state IN ('ALLOCATED', 'DESPATCHED') AND s.return_reason IS NULL
         GROUP BY 1, 2),
       wanted AS (
         SELECT facility_id, product_code, NULL::jsonb, 0, 0 FROM stock_level WHERE facility_id = ANY ($1::uuid[])
         UNION ALL
         SELECT facility_id, product_code, NULL, 0, 0 FROM stock_figure WHERE facility_id = ANY ($1::uuid[]))
       SELECT facility_id AS "facilityId", product_code AS "productCode", coalesce(jsonb_path_query_array(jsonb_agg(lots) FILTER (WHERE lots IS NOT NULL), '$[*][*]'), '[]') AS lots,
         sum(unusable)::integer AS unusable, sum(coming)::integer AS "onTheWay"
       FROM (SELECT * FROM had UNION ALL SELECT * FROM coming UNION ALL SELECT * FROM wanted) a
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [facilityIds, today, now],
    );
  }

  /**
   * What facilities used a day, from the first day up to but not including the last: given, wasted in giving, and
   * sent on to others, less what came back of it. Days on which nothing was there say nothing of the need and are
   * left out (JSI: average consumption is adjusted for stock-outs). A product that was not used has no row.
   *
   * What is on hand is counted back from now, move by move; between two days with moves it stays as it was.
   */
  dailyUse(
    work: UnitOfWork,
    facilityIds: readonly string[],
    { from, to, timeZone }: { from: CivilDate; to: CivilDate; timeZone: string },
  ): Promise<DailyUse[]> {
    return work.query(
      `WITH moved AS (
         SELECT m.facility_id, l.product_code, m.day,
           sum(CASE WHEN m.to_account = 'given' THEN m.doses
                    WHEN m.from_account = 'given' AND m.to_account = 'on-hand' THEN -m.doses
                    WHEN m.from_account = 'on-hand' AND m.to_account = 'wasted' AND m.reason = ANY ($5::text[]) THEN m.doses
                    WHEN m.to_account = 'in-transit' AND m.reason = 'despatched' THEN m.doses
                    WHEN m.to_account = 'on-hand' AND m.reason = 'returned' THEN -m.doses
                    ELSE 0 END) AS used,
           sum(CASE 'on-hand' WHEN m.to_account THEN m.doses WHEN m.from_account THEN -m.doses ELSE 0 END) AS net
         FROM stock_move m JOIN lot l ON l.id = m.lot_id
         WHERE m.facility_id = ANY ($1::uuid[]) AND m.id >= $2::uuid AND m.day >= $3::date GROUP BY 1, 2, 3),
       here AS (
         SELECT s.facility_id, l.product_code, sum(s.doses) AS doses FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id
         WHERE s.facility_id = ANY ($1::uuid[]) GROUP BY 1, 2),
       days AS (
         SELECT facility_id, product_code, m.day, used, net,
           coalesce(h.doses, 0) - sum(net) OVER later + net AS left_at_end,
           coalesce(lag(m.day) OVER later, $4::date) AS next_day,
           row_number() OVER (PARTITION BY facility_id, product_code ORDER BY m.day) = 1 AS is_first
         FROM moved m LEFT JOIN here h USING (facility_id, product_code)
         WINDOW later AS (PARTITION BY facility_id, product_code ORDER BY m.day DESC ROWS UNBOUNDED PRECEDING)),
       told AS (
         SELECT facility_id, product_code, sum(used) FILTER (WHERE day < $4::date) AS used,
           ($4::date - $3::date)
             - coalesce(sum(least(next_day, $4::date) - day - 1) FILTER (WHERE left_at_end <= 0 AND day < $4::date), 0)
             - coalesce(sum(least(day, $4::date) - $3::date) FILTER (WHERE is_first AND left_at_end - net <= 0), 0) AS days
         FROM days GROUP BY 1, 2)
       SELECT facility_id AS "facilityId", product_code AS "productCode", used::float8 / days AS "dailyUse", days::integer AS days
       FROM told WHERE used > 0 AND days > 0`,
      [facilityIds, firstIdAt(startOfDay(from, timeZone)), from, to, WASTED_IN_USE],
    );
  }
}
