import { Injectable } from '@nestjs/common';
import { type CivilDate, firstIdAt } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import type { FateDoses } from './wastage-rules';

/** Whose wastage, of what and when: one facility, or an area with all below it; null for both: the country. */
export interface WastageAsked {
  facilityId: string | null;
  areaId: string | null;
  productCode: string | null;
  /** First days of the first and the last month. */
  from: CivilDate;
  to: CivilDate;
}

/**
 * Entries by which doses were given, wasted or lost, or were not after all, each in the month in which it happened: a
 * dose that turns out not to have been given was drawn on the day of its draw. What was dropped by whoever drew it
 * came out of a vial that was open; so did all that a session lost.
 */
const USED = `SELECT date_trunc('month', coalesce(d.day, m.day))::date AS month, m.id, m.lot_id, m.from_account, m.to_account,
    m.doses,
    CASE WHEN 'lost' IN (m.from_account, m.to_account) THEN 'MISSING'
         WHEN m.from_account = 'given' THEN 'OPEN_VIAL_DISCARDED' ELSE m.reason END AS reason,
    CASE WHEN m.from_account = 'given' OR m.session_id IS NOT NULL OR m.reason = 'OPEN_VIAL_DISCARDED'
           OR EXISTS (SELECT FROM open_vial v WHERE v.facility_id = m.facility_id AND v.id::text = m.reference_id)
         THEN 'OPENED' ELSE 'UNOPENED' END AS fate
  FROM stock_move m LEFT JOIN stock_move d ON m.from_account = 'given' AND d.facility_id = m.facility_id
    AND d.reference_id = m.reference_id AND d.lot_id = m.lot_id AND d.from_account = 'on-hand' AND d.to_account = 'given'
  WHERE m.facility_id = $1::uuid AND m.id >= $2::uuid
    AND (m.to_account IN ('given', 'wasted', 'lost') OR (m.from_account IN ('given', 'wasted', 'lost') AND m.to_account = 'on-hand'))`;

const ASKED = `($1::uuid IS NULL OR f.id = $1) AND ($2::uuid IS NULL OR a.path @> ARRAY[$2::uuid])`;
const OF_MONTHS = `($3::text IS NULL OR u.product_code = $3) AND u.month BETWEEN $4::date AND $5::date`;
/** Products together are vaccines: doses and pieces are not added. */
const OF_ONE_UNIT = `($3::text IS NOT NULL OR EXISTS (SELECT FROM product p WHERE p.code = u.product_code AND p.unit = 'DOSE'))`;
const PLACES = `JOIN facility f ON f.id = u.facility_id JOIN area a ON a.id = f.area_id`;

@Injectable()
export class WastageStore {
  /**
   * Facilities whose months were not read on that day yet, in the order of their ids from the one after `after`, and
   * up to when each was; null for one that never was.
   */
  due(
    work: UnitOfWork,
    today: CivilDate,
    { after, most }: { after: string; most: number },
  ): Promise<{ facilityId: string; asOf: Date | null }[]> {
    return work.query(
      `SELECT f.id AS "facilityId", r.as_of AS "asOf" FROM facility f LEFT JOIN stock_use_read r ON r.facility_id = f.id
       WHERE f.id > $2::uuid AND r.read_on IS DISTINCT FROM $1::date
         AND (SELECT true FROM stock_on_hand s WHERE s.facility_id = f.id LIMIT 1)
       ORDER BY f.id LIMIT $3`,
      [today, after, most],
    );
  }

  /** First days of the months of which something was entered since. */
  async monthsSince(work: UnitOfWork, facilityId: string, since: Date): Promise<CivilDate[]> {
    const rows = await work.query<{ month: CivilDate }>(
      `SELECT DISTINCT to_char(u.month, 'YYYY-MM-DD') AS month FROM (${USED}) u ORDER BY 1`,
      [facilityId, firstIdAt(since)],
    );
    return rows.map(({ month }) => month);
  }

  /** Tells these months of a facility anew, from its ledger. Nothing is entered before the day on which it happened. */
  async retell(
    work: UnitOfWork,
    facilityId: string,
    months: readonly CivilDate[],
    since: Date,
  ): Promise<void> {
    await work.query(`DELETE FROM stock_use_month WHERE facility_id = $1 AND month = ANY ($2::date[])`, [
      facilityId,
      months,
    ]);
    await work.query(
      `INSERT INTO stock_use_month (facility_id, month, product_code, fate, reason, doses)
       SELECT $1::uuid, u.month, l.product_code, e.fate, e.reason, sum(e.doses)::integer
       FROM (${USED}) u JOIN lot l ON l.id = u.lot_id, LATERAL (
         SELECT 'GIVEN' AS fate, 'GIVEN' AS reason, u.doses WHERE u.to_account = 'given'
         UNION ALL SELECT 'GIVEN', 'GIVEN', -u.doses WHERE u.from_account = 'given'
         UNION ALL SELECT u.fate, u.reason, u.doses WHERE u.to_account IN ('wasted', 'lost')
         UNION ALL SELECT u.fate, u.reason, -u.doses WHERE u.from_account IN ('wasted', 'lost')) e
       WHERE u.month = ANY ($3::date[]) GROUP BY 2, 3, 4, 5 HAVING sum(e.doses) <> 0`,
      [facilityId, firstIdAt(since), months],
    );
  }

  async readUpTo(work: UnitOfWork, facilityId: string, day: CivilDate, asOf: Date): Promise<void> {
    await work.query(
      `INSERT INTO stock_use_read (facility_id, read_on, as_of) VALUES ($1, $2, $3)
       ON CONFLICT (facility_id) DO UPDATE SET read_on = excluded.read_on, as_of = excluded.as_of`,
      [facilityId, day, asOf],
    );
  }

  /** By product, of all that was asked for. */
  byProduct(work: UnitOfWork, asked: WastageAsked): Promise<(FateDoses & { productCode: string })[]> {
    return work.query(
      `SELECT u.product_code AS "productCode", u.fate, u.reason, sum(u.doses)::integer AS doses
       FROM stock_use_month u ${PLACES} WHERE ${ASKED} AND ${OF_MONTHS} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      valuesOf(asked),
    );
  }

  /** By facility, of so many facilities in the order of their ids, from the one after `after`. */
  byFacility(
    work: UnitOfWork,
    asked: WastageAsked,
    page: { after: string | null; limit: number },
  ): Promise<(FateDoses & { facilityId: string })[]> {
    return work.query(
      `WITH shown AS (
         SELECT DISTINCT u.facility_id FROM stock_use_month u ${PLACES}
         WHERE ${ASKED} AND ${OF_MONTHS} AND ${OF_ONE_UNIT} AND ($6::uuid IS NULL OR f.id > $6) ORDER BY 1 LIMIT $7)
       SELECT u.facility_id AS "facilityId", u.fate, u.reason, sum(u.doses)::integer AS doses
       FROM stock_use_month u JOIN shown USING (facility_id) WHERE ${OF_MONTHS} AND ${OF_ONE_UNIT} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [...valuesOf(asked), page.after, page.limit],
    );
  }

  /** Up to when all that was entered is counted; null while a facility was never read. */
  async asOf(work: UnitOfWork, { facilityId, areaId }: WastageAsked): Promise<Date | null> {
    const [row] = await work.query<{ asOf: Date | null }>(
      `SELECT CASE WHEN count(*) = count(r.as_of) THEN min(r.as_of) END AS "asOf"
       FROM facility f JOIN area a ON a.id = f.area_id LEFT JOIN stock_use_read r ON r.facility_id = f.id
       WHERE ${ASKED} AND EXISTS (SELECT FROM stock_on_hand s WHERE s.facility_id = f.id)`,
      [facilityId, areaId],
    );
    return row!.asOf;
  }
}

const valuesOf = ({ facilityId, areaId, productCode, from, to }: WastageAsked): unknown[] => [
  facilityId,
  areaId,
  productCode,
  from,
  to,
];
