import { Injectable } from '@nestjs/common';
import { type CivilDate, isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { AlertKind } from './level-rules';

/** What is kept of a product at a facility, in its unit. */
export interface StockFigureRow {
  facilityId: string;
  productCode: string;
  usable: number;
  unusable: number;
  onTheWay: number;
  atRisk: number;
  /** The first last day of what is at risk. */
  expiresOn: CivilDate | null;
  dailyUse: number | null;
  /** The country's own day on which the use was measured. */
  measuredOn: CivilDate;
}

export interface StockAlertKey {
  facilityId: string;
  productCode: string;
  kind: AlertKind;
}

export interface StockAlertRow extends StockAlertKey, StockFigureRow {
  since: Date;
  minDoses: number | null;
  reorderDoses: number | null;
  maxDoses: number | null;
}

/** Products of facilities in an area that have run out. */
export interface StockOutsRow {
  areaId: string;
  facilities: number;
  products: number;
}

const FIGURE = `f.facility_id AS "facilityId", f.product_code AS "productCode", f.usable, f.unusable, f.on_the_way AS "onTheWay",
  f.at_risk AS "atRisk", to_char(f.expires_on, 'YYYY-MM-DD') AS "expiresOn", f.daily_use AS "dailyUse",
  to_char(f.measured_on, 'YYYY-MM-DD') AS "measuredOn"`;

const WITHIN = `($1::uuid IS NULL OR a.path @> ARRAY[$1::uuid])`;

@Injectable()
export class FiguresStore {
  figures(work: UnitOfWork, facilityIds: readonly string[]): Promise<StockFigureRow[]> {
    return work.query(`SELECT ${FIGURE} FROM stock_figure f WHERE f.facility_id = ANY ($1::uuid[])`, [
      facilityIds,
    ]);
  }

  async keep(work: UnitOfWork, figures: readonly StockFigureRow[]): Promise<void> {
    if (figures.length === 0) return;
    await work.query(
      `INSERT INTO stock_figure (facility_id, product_code, usable, unusable, on_the_way, at_risk, expires_on, daily_use, measured_on)
       SELECT * FROM json_to_recordset($1::json) AS f("facilityId" uuid, "productCode" text, usable integer, unusable integer,
         "onTheWay" integer, "atRisk" integer, "expiresOn" date, "dailyUse" float8, "measuredOn" date)
       ON CONFLICT (facility_id, product_code) DO UPDATE SET usable = excluded.usable, unusable = excluded.unusable,
         on_the_way = excluded.on_the_way, at_risk = excluded.at_risk, expires_on = excluded.expires_on,
         daily_use = excluded.daily_use, measured_on = excluded.measured_on`,
      [JSON.stringify(figures)],
    );
  }

  alertsAt(work: UnitOfWork, facilityIds: readonly string[]): Promise<StockAlertKey[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", product_code AS "productCode", kind FROM stock_alert
       WHERE facility_id = ANY ($1::uuid[])`,
      [facilityIds],
    );
  }

  async raise(ctx: Context, work: UnitOfWork, alerts: readonly StockAlertKey[]): Promise<void> {
    if (alerts.length === 0) return;
    await work.query(
      `INSERT INTO stock_alert (facility_id, product_code, kind, since)
       SELECT "facilityId", "productCode", kind, $2
       FROM json_to_recordset($1::json) AS a("facilityId" uuid, "productCode" text, kind text)`,
      [JSON.stringify(alerts), ctx.now()],
    );
  }

  async end(work: UnitOfWork, alerts: readonly StockAlertKey[]): Promise<void> {
    if (alerts.length === 0) return;
    await work.query(
      `DELETE FROM stock_alert a USING json_to_recordset($1::json) AS e("facilityId" uuid, "productCode" text, kind text)
       WHERE a.facility_id = e."facilityId" AND a.product_code = e."productCode" AND a.kind = e.kind`,
      [JSON.stringify(alerts)],
    );
  }

  /** Alerts of these kinds in an area with all below it, or everywhere; longest first, from the one after `after`. */
  alerts(
    work: UnitOfWork,
    asked: { areaId: string | null; kinds: readonly AlertKind[]; after: string; first: number },
  ): Promise<StockAlertRow[]> {
    const after = startOf(asked.after);
    return work.query(
      `SELECT ${FIGURE}, n.kind, n.since, l.min_doses AS "minDoses", l.reorder_doses AS "reorderDoses", l.max_doses AS "maxDoses"
       FROM stock_alert n JOIN stock_figure f USING (facility_id, product_code)
         JOIN facility p ON p.id = n.facility_id JOIN area a ON a.id = p.area_id
         LEFT JOIN stock_level l USING (facility_id, product_code)
       WHERE n.kind = ANY ($2::text[]) AND ${WITHIN} AND p.active
         AND (n.since, n.facility_id, n.product_code, n.kind) > ($3::timestamptz, $4::uuid, $5, $6)
       ORDER BY n.since, n.facility_id, n.product_code, n.kind LIMIT $7`,
      [asked.areaId, asked.kinds, ...after, asked.first + 1],
    );
  }

  /** How many alerts of each kind there are in an area; none: no row. */
  counts(
    work: UnitOfWork,
    areaId: string | null,
  ): Promise<{ kind: AlertKind; alerts: number; facilities: number }[]> {
    return work.query(
      `SELECT n.kind, count(*)::integer AS alerts, count(DISTINCT n.facility_id)::integer AS facilities
       FROM stock_alert n JOIN facility p ON p.id = n.facility_id JOIN area a ON a.id = p.area_id
       WHERE ${WITHIN} AND p.active GROUP BY n.kind ORDER BY n.kind`,
      [areaId],
    );
  }

  /** What has run out in each area right below the asked one; in it itself where it goes no deeper. Most first. */
  stockOuts(work: UnitOfWork, areaId: string | null): Promise<StockOutsRow[]> {
    return work.query(
      `SELECT coalesce(a.path[coalesce(array_position(a.path, $1::uuid), 0) + 1], p.area_id)::text AS "areaId",
         count(DISTINCT n.facility_id)::integer AS facilities, count(DISTINCT n.product_code)::integer AS products
       FROM stock_alert n JOIN facility p ON p.id = n.facility_id JOIN area a ON a.id = p.area_id
       WHERE n.kind = 'STOCK_OUT' AND ${WITHIN} AND p.active GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1000`,
      [areaId],
    );
  }

  /**
   * Facilities that have or had stock, or a level, in the order of their ids, from the one after `after`. Asked of
   * each by itself: a country's whole stock is not read to find so few.
   */
  async facilitiesAfter(work: UnitOfWork, after: string, most: number): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT p.id FROM facility p WHERE p.id > $1::uuid
         AND coalesce((SELECT true FROM stock_on_hand s WHERE s.facility_id = p.id LIMIT 1),
           (SELECT true FROM stock_level l WHERE l.facility_id = p.id LIMIT 1),
           (SELECT true FROM stock_shipment s WHERE s.to_facility_id = p.id LIMIT 1), false)
       ORDER BY p.id LIMIT $2`,
      [after, most],
    );
    return rows.map(({ id }) => id);
  }

  /** A round that began then has come to its end; of two the later counts. */
  async roundEnded(work: UnitOfWork, began: Date): Promise<void> {
    await work.query(
      `INSERT INTO stock_round (only_one, as_of) VALUES (true, $1)
       ON CONFLICT (only_one) DO UPDATE SET as_of = greatest(stock_round.as_of, excluded.as_of)`,
      [began],
    );
  }

  /** Until when the figures hold all that happened; null before the first round. */
  async asOf(work: UnitOfWork): Promise<Date | null> {
    const [row] = await work.query<{ asOf: Date }>(`SELECT as_of AS "asOf" FROM stock_round`);
    return row?.asOf ?? null;
  }
}

/** The sort key of an alert. */
export const keyOfAlert = ({ since, facilityId, productCode, kind }: StockAlertRow): string =>
  [since.toISOString(), facilityId, kind, productCode].join(' ');

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The parts of {@link keyOfAlert}; the beginning for a text that is none. */
function startOf(key: string): [string, string, string, string] {
  const parts =
    /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\S{36}) ([A-Z_]{1,20}) ([\x20-\x7e]{1,64})$/.exec(key);
  const [, since, facilityId, kind, productCode] = parts ?? [];
  return parts && isId(facilityId!) && !Number.isNaN(Date.parse(since!))
    ? [new Date(since!).toISOString(), facilityId!, productCode!, kind!] // the database knows no 30 February
    : ['-infinity', FIRST_ID, '', ''];
}
