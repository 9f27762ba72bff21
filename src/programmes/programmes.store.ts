import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { CountryPack, PackProduct } from './country-pack';

export type PublicationKind = 'PUBLISH' | 'ROLLBACK';

/** A stored pack without its content. */
export interface PackRow {
  id: string;
  version: string;
  hash: string;
  draftedAt: Date;
  /** When it was last put in force; null for a draft. */
  publishedAt: Date | null;
  /** Whether it is in force now. */
  current: boolean;
}

export interface ProductRow {
  code: string;
  vaccine: string;
  names: Record<string, string>;
  antigens: string[];
  route: string;
  dosesPerVial: number;
  openVialHours: number | null;
  codes: Record<string, string>;
  active: boolean;
}

const CURRENT = `(SELECT pack_id FROM country_pack_publication ORDER BY id DESC LIMIT 1)`;

const PACK_COLUMNS = `p.id, p.version, p.hash, p.drafted_at AS "draftedAt",
  (SELECT max(published_at) FROM country_pack_publication WHERE pack_id = p.id) AS "publishedAt",
  p.id IS NOT DISTINCT FROM ${CURRENT} AS current`;

@Injectable()
export class ProgrammesStore {
  async addPack(ctx: Context, work: UnitOfWork, id: string, hash: string, pack: CountryPack): Promise<void> {
    await work.query(
      `INSERT INTO country_pack (id, version, hash, pack, drafted_by, drafted_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, pack.version, hash, JSON.stringify(pack), ctx.actor.id, ctx.now()],
    );
  }

  async pack(work: UnitOfWork, id: string): Promise<PackRow | null> {
    const [row] = await work.query<PackRow>(`SELECT ${PACK_COLUMNS} FROM country_pack p WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** All packs, newest first. Few: a country publishes some a year. */
  packs(work: UnitOfWork): Promise<PackRow[]> {
    return work.query(`SELECT ${PACK_COLUMNS} FROM country_pack p ORDER BY id DESC LIMIT 200`);
  }

  async content(work: UnitOfWork, id: string): Promise<CountryPack | null> {
    const [row] = await work.query<{ pack: CountryPack }>(`SELECT pack FROM country_pack WHERE id = $1`, [
      id,
    ]);
    return row?.pack ?? null;
  }

  async currentId(work: UnitOfWork): Promise<string | null> {
    const [row] = await work.query<{ pack_id: string | null }>(`SELECT ${CURRENT} AS pack_id`);
    return row?.pack_id ?? null;
  }

  /** The pack that was in force before the one that is; null when there was none. */
  async previousId(work: UnitOfWork): Promise<string | null> {
    const [row] = await work.query<{ pack_id: string }>(
      `SELECT pack_id FROM country_pack_publication WHERE pack_id <> ${CURRENT} ORDER BY id DESC LIMIT 1`,
    );
    return row?.pack_id ?? null;
  }

  async publish(
    ctx: Context,
    work: UnitOfWork,
    packId: string,
    kind: PublicationKind,
    reason: string | null,
  ): Promise<void> {
    await work.query(
      `INSERT INTO country_pack_publication (id, pack_id, kind, published_by, published_at, reason)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [ctx.newId(), packId, kind, ctx.actor.id, ctx.now(), reason],
    );
  }

  /** Products of the pack become active rows; those it no longer has stay, inactive, for the doses given of them. */
  async applyProducts(work: UnitOfWork, products: readonly PackProduct[]): Promise<void> {
    await work.query(
      `INSERT INTO product (code, vaccine, names, antigens, route, doses_per_vial, open_vial_hours, codes, active)
       SELECT code, vaccine, name, ARRAY(SELECT jsonb_array_elements_text(antigens)), route, "dosesPerVial", "openVialHours", codes, true
       FROM jsonb_to_recordset($1::jsonb) AS p(code text, vaccine text, name jsonb, antigens jsonb, route text,
                                               "dosesPerVial" integer, "openVialHours" integer, codes jsonb)
       ON CONFLICT (code) DO UPDATE SET vaccine = excluded.vaccine, names = excluded.names, antigens = excluded.antigens,
         route = excluded.route, doses_per_vial = excluded.doses_per_vial, open_vial_hours = excluded.open_vial_hours,
         codes = excluded.codes, active = true`,
      [JSON.stringify(products)],
    );
    await work.query(`UPDATE product SET active = false WHERE code <> ALL ($1::text[])`, [
      products.map(p => p.code),
    ]);
  }

  products(work: UnitOfWork): Promise<ProductRow[]> {
    return work.query(
      `SELECT code, vaccine, names, antigens, route, doses_per_vial AS "dosesPerVial",
              open_vial_hours AS "openVialHours", codes, active
       FROM product ORDER BY code`,
    );
  }
}
