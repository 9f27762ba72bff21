import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { StockUnit } from '../units/unit-rules';
import type { Book, Unfit } from './stocktake-rules';

/** OPEN: being counted. SUBMITTED: it waits for a second person. */
export type StocktakeState = 'OPEN' | 'SUBMITTED' | 'APPROVED' | 'CANCELLED';

/** DUE: to be counted, or to be counted again. SETTLED: the ledger says what was counted. */
export type StocktakeLineState = 'DUE' | 'COUNTED' | 'SETTLED';

export interface StocktakeRow {
  facilityId: string;
  id: string;
  /** Null: all products. */
  productCodes: string[] | null;
  state: StocktakeState;
  version: number;
  openedAt: Date;
  openedBy: string;
  submittedAt: Date | null;
  submittedBy: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
}

/** The newest count of a lot. */
export interface CountRow {
  id: string;
  doses: number;
  vvmStage: number | null;
  unfit: Unfit;
  setApart: Unfit;
  book: number;
  /** Doses on hand that came of entries of earlier days, when it was counted and now. */
  earlierDays: number;
  earlierDaysNow: number;
  countedAt: string;
  countedOn: string;
  countedBy: string;
}

export interface StocktakeLineRow {
  lotId: string;
  lotNumber: string;
  productCode: string;
  unit: StockUnit;
  expiresOn: string;
  state: StocktakeLineState;
  reason: string | null;
  remark: string | null;
  /** As the ledger has it; null until it was approved. */
  difference: number | null;
  /** Doses set aside for shipments that have not left; they are not counted. */
  setAside: number;
  /** How often it was counted. */
  counts: number;
  count: CountRow | null;
}

/** What a count is stored with. */
export interface NewCount extends Pick<
  CountRow,
  'doses' | 'vvmStage' | 'unfit' | 'setApart' | 'book' | 'earlierDays' | 'countedOn'
> {
  id: string;
  countedAt: Date;
}

const STOCKTAKE = `t.facility_id AS "facilityId", t.id, t.product_codes AS "productCodes", t.state, t.version,
  t.opened_at AS "openedAt", t.opened_by AS "openedBy", t.submitted_at AS "submittedAt", t.submitted_by AS "submittedBy",
  t.decided_at AS "decidedAt", t.decided_by AS "decidedBy"`;

const NET = `CASE 'on-hand' WHEN m.to_account THEN m.doses WHEN m.from_account THEN -m.doses ELSE 0 END`;

/** What entries about days before the count's have come to on the shelf. */
const earlierDays = (facility: string, lot: string, day: string): string =>
  `coalesce((SELECT sum(${NET}) FROM stock_move m WHERE m.facility_id = ${facility} AND m.lot_id = ${lot} AND m.day < ${day}), 0)::integer`;

const LINE = `n.lot_id AS "lotId", l.lot_number AS "lotNumber", l.product_code AS "productCode", l.unit,
  to_char(l.expires_on, 'YYYY-MM-DD') AS "expiresOn", n.state, n.reason, n.remark, n.difference,
  (SELECT coalesce(sum(a.doses), 0)::integer FROM stock_shipment h JOIN stock_shipment_line a
     ON a.facility_id = h.facility_id AND a.shipment_id = h.id
   WHERE h.facility_id = n.facility_id AND h.state = 'ALLOCATED' AND a.lot_id = n.lot_id) AS "setAside",
  (SELECT count(*)::integer FROM stocktake_count c
   WHERE c.facility_id = n.facility_id AND c.stocktake_id = n.stocktake_id AND c.lot_id = n.lot_id) AS counts,
  (SELECT jsonb_build_object('id', c.id, 'doses', c.doses, 'vvmStage', c.vvm_stage, 'unfit', c.unfit, 'setApart', c.set_apart,
     'book', c.book, 'earlierDays', c.earlier_days, 'countedAt', c.counted_at, 'countedOn', c.counted_on,
     'countedBy', c.counted_by, 'earlierDaysNow', ${earlierDays('n.facility_id', 'n.lot_id', 'c.counted_on')})
   FROM stocktake_count c
   WHERE c.facility_id = n.facility_id AND c.stocktake_id = n.stocktake_id AND c.lot_id = n.lot_id
   ORDER BY c.id DESC LIMIT 1) AS count`;

/** Counts of places. The stocktake is locked before rows of stock, rows of stock before anything else. */
@Injectable()
export class StocktakeStore {
  async one(work: UnitOfWork, facilityId: string, id: string): Promise<StocktakeRow | null> {
    return this.find(work, facilityId, id, '');
  }

  /** {@link one}, and nobody else changes it meanwhile. */
  async lock(work: UnitOfWork, facilityId: string, id: string): Promise<StocktakeRow | null> {
    return this.find(work, facilityId, id, 'FOR UPDATE');
  }

  private async find(work: UnitOfWork, facilityId: string, id: string, lock: string) {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<StocktakeRow>(
      `SELECT ${STOCKTAKE} FROM stocktake t WHERE t.facility_id = $1 AND t.id = $2 ${lock}`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** The one that is under way at a place. */
  async underWay(work: UnitOfWork, facilityId: string): Promise<StocktakeRow | null> {
    const [row] = await work.query<StocktakeRow>(
      `SELECT ${STOCKTAKE} FROM stocktake t WHERE t.facility_id = $1 AND t.state IN ('OPEN', 'SUBMITTED')`,
      [facilityId],
    );
    return row ?? null;
  }

  /** Those of a place, newest first; those older than `before` when it is given. */
  list(
    work: UnitOfWork,
    facilityId: string,
    page: { before: string | null; limit: number },
  ): Promise<StocktakeRow[]> {
    return work.query(
      `SELECT ${STOCKTAKE} FROM stocktake t
       WHERE t.facility_id = $1 AND ($2::uuid IS NULL OR t.id < $2) ORDER BY t.id DESC LIMIT $3`,
      [facilityId, page.before, page.limit],
    );
  }

  /** Lots to be counted, in one order. */
  lines(
    work: UnitOfWork,
    { facilityId, id }: Pick<StocktakeRow, 'facilityId' | 'id'>,
  ): Promise<StocktakeLineRow[]> {
    return work.query(
      `SELECT ${LINE} FROM stocktake_line n JOIN lot l ON l.id = n.lot_id
       WHERE n.facility_id = $1 AND n.stocktake_id = $2 ORDER BY l.product_code, l.lot_number, l.id`,
      [facilityId, id],
    );
  }

  /** Everybody who counted. */
  async counters(work: UnitOfWork, { facilityId, id }: StocktakeRow): Promise<string[]> {
    const rows = await work.query<{ who: string }>(
      `SELECT DISTINCT counted_by AS who FROM stocktake_count WHERE facility_id = $1 AND stocktake_id = $2`,
      [facilityId, id],
    );
    return rows.map(({ who }) => who);
  }

  /** A new one with a line for every lot that is there; null when one is under way. */
  async open(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    productCodes: readonly string[] | null,
  ): Promise<string | null> {
    const id = ctx.newId();
    const made = await work.query(
      `INSERT INTO stocktake (facility_id, id, product_codes, state, version, opened_at, opened_by)
       VALUES ($1, $2, $3, 'OPEN', 1, $4, $5)
       ON CONFLICT (facility_id) WHERE state IN ('OPEN', 'SUBMITTED') DO NOTHING RETURNING id`,
      [facilityId, id, productCodes, ctx.now(), ctx.actor.id ?? ctx.actor.kind],
    );
    if (made.length === 0) return null;
    await work.query(
      `INSERT INTO stocktake_line (facility_id, stocktake_id, lot_id, state)
       SELECT s.facility_id, $2::uuid, s.lot_id, 'DUE' FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id
       WHERE s.facility_id = $1 AND s.doses > 0 AND ($3::text[] IS NULL OR l.product_code = ANY ($3))`,
      [facilityId, id, productCodes],
    );
    return id;
  }

  /** Lines for lots that were counted and that the book has not. */
  async addLines(
    work: UnitOfWork,
    { facilityId, id }: StocktakeRow,
    lotIds: readonly string[],
  ): Promise<void> {
    await work.query(
      `INSERT INTO stocktake_line (facility_id, stocktake_id, lot_id, state)
       SELECT $1::uuid, $2::uuid, n.*, 'DUE' FROM unnest($3::uuid[]) n(lot_id)
       ON CONFLICT (facility_id, stocktake_id, lot_id) DO NOTHING`,
      [facilityId, id, lotIds],
    );
  }

  /**
   * What was on hand of a lot at an instant, and what entries of earlier days had come to. Entries since then about that
   * day or later are taken off again, but for what counts themselves moved. The lot's stock must be locked.
   */
  async bookOf(
    work: UnitOfWork,
    { facilityId, id }: StocktakeRow,
    asked: { lotId: string; at: Date | null; day: string },
  ): Promise<Pick<CountRow, 'book' | 'earlierDays'>> {
    const [row] = await work.query<Pick<CountRow, 'book' | 'earlierDays'>>(
      `SELECT (coalesce((SELECT doses FROM stock_on_hand WHERE facility_id = $1 AND lot_id = $3), 0)
         - coalesce((SELECT sum(${NET}) FROM stock_move m
             WHERE m.facility_id = $1 AND m.lot_id = $3 AND m.at > $4::timestamptz AND m.day >= $5::date
               AND NOT EXISTS (SELECT FROM stocktake_count c WHERE c.facility_id = $1 AND c.stocktake_id = $2
                 AND c.lot_id = $3 AND starts_with(m.reference_id, c.id::text))), 0))::integer AS book,
         ${earlierDays('$1', '$3', '$5::date')} AS "earlierDays"`,
      [facilityId, id, asked.lotId, asked.at, asked.day],
    );
    return row!;
  }

  async addCount(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: StocktakeRow,
    lotId: string,
    count: NewCount,
  ): Promise<void> {
    await work.query(
      `WITH line AS (UPDATE stocktake_line SET state = 'COUNTED', reason = NULL, remark = NULL
         WHERE facility_id = $1::uuid AND stocktake_id = $2::uuid AND lot_id = $3::uuid)
       INSERT INTO stocktake_count (facility_id, stocktake_id, lot_id, id, doses, vvm_stage, unfit, set_apart, book,
         earlier_days, counted_at, counted_on, entered_at, counted_by)
       VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        facilityId,
        id,
        lotId,
        count.id,
        count.doses,
        count.vvmStage,
        JSON.stringify(count.unfit),
        JSON.stringify(count.setApart),
        count.book,
        count.earlierDays,
        count.countedAt,
        count.countedOn,
        ctx.now(),
        ctx.actor.id ?? ctx.actor.kind,
      ],
    );
  }

  async explain(
    work: UnitOfWork,
    { facilityId, id }: StocktakeRow,
    line: { lotId: string; reason: string; remark?: string | null },
  ): Promise<void> {
    await work.query(
      `UPDATE stocktake_line SET reason = $4, remark = $5 WHERE facility_id = $1 AND stocktake_id = $2 AND lot_id = $3`,
      [facilityId, id, line.lotId, line.reason, line.remark ?? null],
    );
  }

  /** The ledger says what was counted of the lot. */
  async settle(
    work: UnitOfWork,
    { facilityId, id }: StocktakeRow,
    lotId: string,
    difference: number,
  ): Promise<void> {
    await work.query(
      `UPDATE stocktake_line SET state = 'SETTLED', difference = $4
       WHERE facility_id = $1 AND stocktake_id = $2 AND lot_id = $3`,
      [facilityId, id, lotId, difference],
    );
  }

  /** These lots are to be counted again. */
  async setDue(work: UnitOfWork, { facilityId, id }: StocktakeRow, lotIds: readonly string[]): Promise<void> {
    await work.query(
      `UPDATE stocktake_line SET state = 'DUE' WHERE facility_id = $1 AND stocktake_id = $2 AND lot_id = ANY ($3::uuid[])`,
      [facilityId, id, lotIds],
    );
  }

  /** Something of it changed: whoever decides must have seen it. */
  async bump(work: UnitOfWork, { facilityId, id }: StocktakeRow): Promise<void> {
    await work.query(`UPDATE stocktake SET version = version + 1 WHERE facility_id = $1 AND id = $2`, [
      facilityId,
      id,
    ]);
  }

  async submit(ctx: Context, work: UnitOfWork, { facilityId, id }: StocktakeRow): Promise<void> {
    await work.query(
      `UPDATE stocktake SET state = 'SUBMITTED', version = version + 1, submitted_at = $3, submitted_by = $4
       WHERE facility_id = $1 AND id = $2`,
      [facilityId, id, ctx.now(), ctx.actor.id ?? ctx.actor.kind],
    );
  }

  async decide(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: StocktakeRow,
    state: 'OPEN' | 'APPROVED' | 'CANCELLED',
  ): Promise<void> {
    await work.query(
      `UPDATE stocktake SET state = $3, version = version + 1, decided_at = $4, decided_by = $5
       WHERE facility_id = $1 AND id = $2`,
      [facilityId, id, state, ctx.now(), ctx.actor.id ?? ctx.actor.kind],
    );
  }
}

/** What the ledger said when a lot was counted, with what it has heard since about the days before. */
export const bookKnown = ({ book, earlierDays, earlierDaysNow }: CountRow): Book => ({
  book,
  late: earlierDaysNow - earlierDays,
});
