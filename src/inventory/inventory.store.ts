import { Injectable } from '@nestjs/common';
import { type CivilDate, decodeCursor, isId, type PageRequest } from '../common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { Lot, LotAtFacility } from './lot';
import type { StockUnit } from './units/unit-rules';

/**
 * Where doses and pieces of a facility's ledger are (a piece that was used is `given`): they only ever move from one
 * of these to another.
 */
export type Account =
  | 'outside'
  | 'on-hand'
  | 'given'
  | 'wasted'
  | 'lost'
  | 'allocated'
  | 'in-transit'
  | 'unknown'
  | 'set-apart'
  | 'destroyed';

/** One entry of the ledger. */
export interface Move {
  facilityId: string;
  lotId: string;
  from: Account;
  to: Account;
  /** Whole doses, or pieces of a supply: as the lot is counted. More than none. */
  doses: number;
  reason: string;
  /** The record it was made for; moves a lot between the same two accounts once. Null: no such record. */
  referenceId: string | null;
  /** The country's own day on which it happened. */
  day: CivilDate;
  /** The session that it happened in; left out: in none. */
  sessionId?: string | null;
}

/** What ends a hold: whoever may release it, or only a decision on the excursion or a better reading that placed it. */
export type HoldEnd = 'RELEASE' | 'EXCURSION' | 'VVM';

export interface LotHoldRow {
  id: string;
  lotId: string;
  /** Null: on hold in the whole country. */
  facilityId: string | null;
  reason: string;
  at: Date;
  releasedAt: Date | null;
  endedBy: HoldEnd;
}

/** The holds that stand against the lot `l` on the shelf `s`, as the end of a query. */
export const HOLDS = `FROM lot_hold h WHERE h.lot_id = l.id AND (h.facility_id IS NULL OR h.facility_id = s.facility_id)
  AND NOT EXISTS (SELECT FROM lot_hold_release r WHERE r.lot_id = h.lot_id AND r.hold_id = h.id)`;
const ON_HOLD = `EXISTS (SELECT ${HOLDS})`;

const LOT = `l.id, l.product_code AS "productCode", l.unit, l.lot_number AS "lotNumber", l.manufacturer,
  to_char(l.expires_on, 'YYYY-MM-DD') AS "expiresOn", l.gtin`;

const AT_FACILITY = `${LOT}, s.facility_id AS "facilityId", s.doses,
  to_char(s.first_received_on, 'YYYY-MM-DD') AS "firstReceivedOn", s.vvm_stage AS "vvmStage", ${ON_HOLD} AS "onHold", (SELECT min(h.at) ${HOLDS}) AS "heldSince",
  (SELECT coalesce(json_agg(json_build_object('doses', v.left_doses, 'useBy', v.use_by)), '[]') FROM open_vial v
   WHERE v.facility_id = s.facility_id AND v.lot_id = s.lot_id AND v.left_doses > 0) AS "openVials"`;

const HOLD = `h.id, h.lot_id AS "lotId", h.facility_id AS "facilityId", h.reason, h.at, h.ended_by AS "endedBy",
  (SELECT r.at FROM lot_hold_release r WHERE r.lot_id = h.lot_id AND r.hold_id = h.id) AS "releasedAt"`;

/** The reference's own draw of the lot, of so many doses, is in the ledger. */
const DRAWN_BEFORE = `EXISTS (SELECT FROM stock_move d WHERE d.facility_id = s.facility_id AND d.lot_id = s.lot_id
  AND d.reference_id = $8 AND d.from_account = 'on-hand' AND d.to_account = 'given' AND d.doses = $6::integer)`;

/** Enters a move in the ledger for each row of `source`, and for none when its gate let nothing through. */
const entryFrom = (source: string): string => `INSERT INTO stock_move
    (id, facility_id, lot_id, from_account, to_account, doses, reason, reference_id, day, at, actor_id, session_id)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4, $5, $6::integer, $7, $8, $9::date, $10::timestamptz, $11, $12::uuid
  FROM ${source} RETURNING id`;

/** What vials that can no longer be used still hold of a lot, from the instant `at` on. */
export const spoilt = (at: string): string => `coalesce((SELECT sum(v.left_doses) FROM open_vial v
  WHERE v.facility_id = s.facility_id AND v.lot_id = s.lot_id AND v.left_doses > 0 AND v.use_by <= ${at}), 0)`;

/** What was wasted of the move's lot there, and not destroyed since. */
const LYING_WASTED = `coalesce((SELECT sum(CASE m.to_account WHEN 'wasted' THEN m.doses ELSE -m.doses END) FROM stock_move m
  WHERE m.facility_id = $2::uuid AND m.lot_id = $3::uuid AND (m.to_account = 'wasted' OR m.from_account = 'wasted')), 0)`;

@Injectable()
export class InventoryStore {
  /** The lot with this identity, made when the country had none; another expiry date does not make another lot. */
  async lotOf(ctx: Context, work: UnitOfWork, lot: Omit<Lot, 'id'>): Promise<Lot> {
    const identity = [lot.productCode, lot.lotNumber, lot.manufacturer];
    await work.query(
      `INSERT INTO lot (id, product_code, lot_number, manufacturer, expires_on, gtin, created_at, unit)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT lot_identity_unique DO NOTHING`,
      [ctx.newId(), ...identity, lot.expiresOn, lot.gtin, ctx.now(), lot.unit],
    );
    const [row] = await work.query<Lot>(
      `SELECT ${LOT} FROM lot l WHERE product_code = $1 AND lot_number = $2 AND manufacturer = $3`,
      identity,
    );
    return row!;
  }

  async lot(work: UnitOfWork, id: string): Promise<Lot | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<Lot>(`SELECT ${LOT} FROM lot l WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** How a lot stands at a facility; null when it never was there. */
  async lotAt(work: UnitOfWork, facilityId: string, lotId: string): Promise<LotAtFacility | null> {
    if (!isId(lotId)) return null;
    const [row] = await work.query<LotAtFacility>(
      `SELECT ${AT_FACILITY} FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id
       WHERE s.facility_id = $1 AND s.lot_id = $2`,
      [facilityId, lotId],
    );
    return row ?? null;
  }

  /** These lots, wherever they lie. */
  lots(work: UnitOfWork, ids: readonly string[]): Promise<Lot[]> {
    return work.query(`SELECT ${LOT} FROM lot l WHERE l.id = ANY ($1::uuid[])`, [ids]);
  }

  /** {@link lotAt} for many; one that never was at the facility has no row. */
  lotsWhere(
    work: UnitOfWork,
    wanted: readonly { facilityId: string; lotId: string }[],
  ): Promise<LotAtFacility[]> {
    return work.query(
      `SELECT here.* FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, lot_id)) k,
         LATERAL (SELECT ${AT_FACILITY} FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id
                  WHERE s.facility_id = k.facility_id AND s.lot_id = k.lot_id OFFSET 0) here`,
      [wanted.map(({ facilityId }) => facilityId), wanted.map(({ lotId }) => lotId)],
    );
  }

  /**
   * Lots that a facility has, of vaccines and supplies or of one of them, by product and the first to expire first; one row
   * more than the page holds.
   */
  lotsAt(
    work: UnitOfWork,
    facilityId: string,
    page: PageRequest,
    unit: StockUnit | null = null,
  ): Promise<LotAtFacility[]> {
    const [product, expiresOn, lotId] = startOf(page);
    return work.query(
      `SELECT ${AT_FACILITY} FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id
       WHERE s.facility_id = $1 AND s.doses > 0 AND ($6::text IS NULL OR l.unit = $6)
         AND ($2::text IS NULL OR (l.product_code, l.expires_on, l.id) > ($2, $3::date, $4::uuid))
       ORDER BY l.product_code, l.expires_on, l.id LIMIT $5`,
      [facilityId, product, expiresOn, lotId, page.first + 1, unit],
    );
  }

  /** Lots of these products that a facility has doses of. */
  async lotIdsOf(work: UnitOfWork, facilityId: string, productCodes: readonly string[]): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT s.lot_id AS id FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id
       WHERE s.facility_id = $1 AND s.doses > 0 AND l.product_code = ANY ($2::text[])`,
      [facilityId, productCodes],
    );
    return rows.map(({ id }) => id);
  }

  /** Every lot of a vaccine that a facility has or had, that with most doses last. */
  lotsEverAt(work: UnitOfWork, facilityId: string): Promise<Pick<Lot, 'id' | 'productCode' | 'lotNumber'>[]> {
    return work.query(
      `SELECT l.id, l.product_code AS "productCode", l.lot_number AS "lotNumber"
       FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id WHERE s.facility_id = $1 AND l.unit = 'DOSE'
       ORDER BY s.doses, l.id`,
      [facilityId],
    );
  }

  /** Doses enter a facility: the ledger's entry and the projection in one statement. */
  async receive(ctx: Context, work: UnitOfWork, move: Move): Promise<string> {
    return (await this.enter(
      ctx,
      work,
      move,
      `WITH received AS (
         INSERT INTO stock_on_hand (facility_id, lot_id, doses, first_received_on)
         VALUES ($2::uuid, $3::uuid, $6::integer, $9::date)
         ON CONFLICT (facility_id, lot_id) DO UPDATE SET doses = stock_on_hand.doses + excluded.doses,
           first_received_on = least(stock_on_hand.first_received_on, excluded.first_received_on)
         RETURNING lot_id)
       ${entryFrom('received')}`,
    ))!;
  }

  /**
   * Doses leave the shelf to be given, when that may be: in stock, received by that day, not expired on it, not on
   * hold (`refusalToDraw`). The entry is gated on the projection's own update, so that no two callers get the last
   * dose; null when it may not be. One statement, which arrays for its values would make set-based.
   */
  draw(ctx: Context, work: UnitOfWork, move: Move): Promise<string | null> {
    return this.enter(
      ctx,
      work,
      move,
      `WITH drawn AS (
         UPDATE stock_on_hand s SET doses = s.doses - $6::integer FROM lot l
         WHERE s.facility_id = $2::uuid AND s.lot_id = $3::uuid AND l.id = s.lot_id
           AND s.doses - ${spoilt('$10::timestamptz')} >= $6::integer
           AND s.first_received_on <= $9::date AND l.expires_on >= $9::date AND NOT ${ON_HOLD}
         RETURNING s.lot_id)
       ${entryFrom('drawn')}`,
    );
  }

  /** Doses are thrown away, whatever the state of their lot; null when fewer are on hand. */
  waste(ctx: Context, work: UnitOfWork, move: Move): Promise<string | null> {
    return this.enter(
      ctx,
      work,
      move,
      `WITH wasted AS (
         UPDATE stock_on_hand SET doses = doses - $6::integer
         WHERE facility_id = $2::uuid AND lot_id = $3::uuid AND doses >= $6::integer RETURNING lot_id)
       ${entryFrom('wasted')}`,
    );
  }

  /** Doses leave the shelf for another account, whatever the state of their lot; null when fewer are on hand. */
  takeAnyway(ctx: Context, work: UnitOfWork, move: Move): Promise<string | null> {
    return this.waste(ctx, work, move);
  }

  /** Doses go from one account to another, neither of them the shelf. Whoever calls knows that they are there. */
  pass(ctx: Context, work: UnitOfWork, move: Move): Promise<string | null> {
    return this.enter(ctx, work, move, entryFrom('(SELECT) passed'));
  }

  /** Doses that had left the shelf are on it again; null for wasted ones of which not so many lie there any more. */
  takeBack(ctx: Context, work: UnitOfWork, move: Move): Promise<string | null> {
    return this.enter(
      ctx,
      work,
      move,
      `WITH back AS (
         UPDATE stock_on_hand SET doses = doses + $6::integer
         WHERE facility_id = $2::uuid AND lot_id = $3::uuid AND ($4 <> 'wasted' OR $6::integer <= ${LYING_WASTED})
         RETURNING lot_id)
       ${entryFrom('back')}`,
    );
  }

  /** Doses that left for the reference come back to the shelf. */
  giveBack(ctx: Context, work: UnitOfWork, move: Move): Promise<string | null> {
    return this.enter(
      ctx,
      work,
      move,
      `WITH back AS (
         UPDATE stock_on_hand s SET doses = s.doses + $6::integer
         WHERE s.facility_id = $2::uuid AND s.lot_id = $3::uuid AND ${DRAWN_BEFORE} RETURNING s.lot_id)
       ${entryFrom('back')}`,
    );
  }

  /** Doses that left for the reference to be given turn out to be lost; what is on hand stays as it is. */
  writeOff(ctx: Context, work: UnitOfWork, move: Move): Promise<string | null> {
    return this.enter(
      ctx,
      work,
      move,
      `WITH given AS (
         SELECT s.lot_id FROM stock_on_hand s
         WHERE s.facility_id = $2::uuid AND s.lot_id = $3::uuid AND ${DRAWN_BEFORE})
       ${entryFrom('given')}`,
    );
  }

  /** The order in which stock rows are locked, so that two corrections that swap lots cannot wait for each other. */
  async lockLots(work: UnitOfWork, facilityId: string, lotIds: readonly string[]): Promise<void> {
    await work.query(
      `SELECT FROM stock_on_hand WHERE facility_id = $1 AND lot_id = ANY ($2::uuid[]) ORDER BY lot_id FOR UPDATE`,
      [facilityId, lotIds],
    );
  }

  private async enter(ctx: Context, work: UnitOfWork, move: Move, sql: string): Promise<string | null> {
    const values = [move.lotId, move.from, move.to, move.doses, move.reason, move.referenceId, move.day];
    const [entered] = await work.query<{ id: string }>(sql, [
      ctx.newId(),
      move.facilityId,
      ...values,
      ctx.now(),
      ctx.actor.id,
      move.sessionId ?? null,
    ]);
    return entered?.id ?? null;
  }

  async addHold(
    ctx: Context,
    work: UnitOfWork,
    hold: Pick<LotHoldRow, 'lotId' | 'facilityId' | 'reason' | 'endedBy'>,
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO lot_hold (lot_id, id, facility_id, reason, at, actor_id, ended_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [hold.lotId, id, hold.facilityId, hold.reason, ctx.now(), ctx.actor.id, hold.endedBy],
    );
    return id;
  }

  async hold(work: UnitOfWork, lotId: string, holdId: string): Promise<LotHoldRow | null> {
    if (!isId(lotId) || !isId(holdId)) return null;
    const [row] = await work.query<LotHoldRow>(
      `SELECT ${HOLD} FROM lot_hold h WHERE h.lot_id = $1 AND h.id = $2`,
      [lotId, holdId],
    );
    return row ?? null;
  }

  /** Holds of these lots that stand and cover the facility, oldest first. */
  holdsOf(work: UnitOfWork, facilityId: string, lotIds: readonly string[]): Promise<LotHoldRow[]> {
    return work.query(
      `SELECT ${HOLD} FROM lot_hold h
       WHERE h.lot_id = ANY ($2::uuid[]) AND (h.facility_id IS NULL OR h.facility_id = $1)
         AND NOT EXISTS (SELECT FROM lot_hold_release r WHERE r.lot_id = h.lot_id AND r.hold_id = h.id)
       ORDER BY h.id`,
      [facilityId, lotIds],
    );
  }

  /** False when it was released before. */
  async releaseHold(ctx: Context, work: UnitOfWork, hold: LotHoldRow, reason: string): Promise<boolean> {
    const released = await work.query(
      `INSERT INTO lot_hold_release (lot_id, hold_id, reason, at, actor_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (lot_id, hold_id) DO NOTHING RETURNING hold_id`,
      [hold.lotId, hold.id, reason, ctx.now(), ctx.actor.id],
    );
    return released.length > 0;
  }
}

/** The sort key of a row of {@link InventoryStore.lotsAt}. */
export const keyOfLot = (lot: Lot): string => JSON.stringify([lot.productCode, lot.expiresOn, lot.id]);

function startOf(page: PageRequest): [string, string, string] | [null, null, null] {
  try {
    const [product, day, id] = JSON.parse(page.after ? decodeCursor(page.after) : 'null') as string[];
    if (typeof product === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day ?? '') && isId(id ?? ''))
      return [product, day!, id!];
  } catch {
    // A forged cursor only starts the page elsewhere.
  }
  return [null, null, null];
}
