import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { CountryPack, PackProduct, PackSupply } from './country-pack';
import type { PackEdit } from './pack-edits';

/** A stored pack without its content: one state of a draft, which never changes. */
export interface PackRow {
  id: string;
  version: string;
  hash: string;
  /** The draft it is a state of, and its number there, from 1. */
  draftId: string;
  revision: number;
  draftedAt: Date;
  /** Account of whoever made this state; null: the service itself. */
  draftedBy: string | null;
  /** When it last came into force; null for a draft. */
  publishedAt: Date | null;
  /** Whether it is in force now. */
  current: boolean;
}

/** A state to be stored. */
export interface NewState {
  draftId: string;
  revision: number;
  hash: string;
  pack: CountryPack;
  /** The pack whose other parts it shares; null when all of `pack` is its own. */
  baseId: string | null;
  /** What made it of the state before; null for a first. */
  edits: readonly PackEdit[] | null;
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

/** What is counted in pieces, as {@link PackSupply} says. */
export interface SupplyRow {
  code: string;
  names: Record<string, string>;
  gtins: string[];
  expires: boolean;
  active: boolean;
}

const CURRENT = `(SELECT b.pack_id FROM country_pack_outcome o JOIN country_pack_publication b ON b.id = o.publication_id
  WHERE o.in_force IS NOT NULL ORDER BY o.in_force DESC LIMIT 1)`;

const PACK_COLUMNS = `p.id, p.version, p.hash, p.draft_id AS "draftId", p.revision,
  p.drafted_at AS "draftedAt", p.drafted_by AS "draftedBy",
  (SELECT max(o.at) FROM country_pack_outcome o JOIN country_pack_publication b ON b.id = o.publication_id
   WHERE o.in_force IS NOT NULL AND b.pack_id = p.id) AS "publishedAt",
  p.id IS NOT DISTINCT FROM ${CURRENT} AS current`;

/** The parts that edits can change. An edited state stores these and shares the rest, thousands of areas, with its base. */
const editedParts = ({
  version,
  products,
  supplies,
  schedule,
  golden,
}: CountryPack): Partial<CountryPack> => ({
  version,
  products,
  ...(supplies && { supplies }),
  schedule,
  golden,
});

@Injectable()
export class ProgrammesStore {
  /** Stores a state; null when the draft has one of this number already, made by somebody else meanwhile. */
  async addState(ctx: Context, work: UnitOfWork, state: NewState): Promise<PackRow | null> {
    const id = state.revision === 1 ? state.draftId : ctx.newId();
    const { pack, baseId } = state;
    const rows = await work.query(
      `INSERT INTO country_pack (id, version, hash, pack, drafted_by, drafted_at, draft_id, revision, base_id, edits)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT ON CONSTRAINT country_pack_revision_unique DO NOTHING RETURNING id`,
      [
        id,
        pack.version,
        state.hash,
        JSON.stringify(baseId ? editedParts(pack) : pack),
        ctx.actor.id,
        ctx.now(),
        state.draftId,
        state.revision,
        baseId,
        state.edits && JSON.stringify(state.edits),
      ],
    );
    return rows.length > 0 ? this.pack(work, id) : null;
  }

  async pack(work: UnitOfWork, id: string): Promise<PackRow | null> {
    const [row] = await work.query<PackRow>(`SELECT ${PACK_COLUMNS} FROM country_pack p WHERE id = $1`, [id]);
    return row ?? null;
  }

  /**
   * The newest state of each draft, and every state that was proposed or published; newest first. Few: a country
   * publishes some a year.
   */
  packs(work: UnitOfWork): Promise<PackRow[]> {
    return work.query(
      `SELECT ${PACK_COLUMNS} FROM country_pack p
       WHERE NOT EXISTS (SELECT 1 FROM country_pack n WHERE n.draft_id = p.draft_id AND n.revision > p.revision)
          OR EXISTS (SELECT 1 FROM country_pack_proposal o WHERE o.pack_id = p.id)
          OR EXISTS (SELECT 1 FROM country_pack_publication b WHERE b.pack_id = p.id)
       ORDER BY id DESC LIMIT 200`,
    );
  }

  /** The states of a draft up to one of them, oldest first, with what made each; at most the last 500. */
  async states(work: UnitOfWork, id: string): Promise<(PackRow & { edits: PackEdit[] | null })[]> {
    const rows = await work.query<PackRow & { edits: PackEdit[] | null }>(
      `SELECT ${PACK_COLUMNS}, p.edits FROM country_pack p JOIN country_pack upto ON upto.id = $1
       WHERE p.draft_id = upto.draft_id AND p.revision <= upto.revision ORDER BY p.revision DESC LIMIT 500`,
      [id],
    );
    return rows.reverse();
  }

  async newestState(work: UnitOfWork, draftId: string): Promise<PackRow> {
    const [row] = await work.query<PackRow>(
      `SELECT ${PACK_COLUMNS} FROM country_pack p WHERE draft_id = $1 ORDER BY revision DESC LIMIT 1`,
      [draftId],
    );
    return row!;
  }

  /** Accounts of everybody who made a state of the draft up to this one. */
  async draftersOf(work: UnitOfWork, id: string): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT DISTINCT p.drafted_by AS id FROM country_pack p JOIN country_pack upto ON upto.id = $1
       WHERE p.draft_id = upto.draft_id AND p.revision <= upto.revision AND p.drafted_by IS NOT NULL ORDER BY 1`,
      [id],
    );
    return rows.map(row => row.id);
  }

  /** What a pack says: its own parts over those of the pack that it shares the rest with. */
  async content(work: UnitOfWork, id: string): Promise<CountryPack | null> {
    const [row] = await work.query<{ pack: CountryPack }>(
      `SELECT coalesce(b.pack, '{}') || p.pack AS pack FROM country_pack p
       LEFT JOIN country_pack b ON b.id = p.base_id WHERE p.id = $1`,
      [id],
    );
    return row?.pack ?? null;
  }

  /** The pack that holds all of a pack's content itself. */
  async baseOf(work: UnitOfWork, id: string): Promise<string> {
    const [row] = await work.query<{ id: string }>(
      `SELECT coalesce(base_id, id) AS id FROM country_pack WHERE id = $1`,
      [id],
    );
    return row!.id;
  }

  async currentId(work: UnitOfWork): Promise<string | null> {
    const [row] = await work.query<{ pack_id: string | null }>(`SELECT ${CURRENT} AS pack_id`);
    return row?.pack_id ?? null;
  }

  /**
   * Products and supplies of the pack become active rows; those it no longer has stay, inactive, for the doses given of
   * them and the pieces in the ledger. Nothing that is in the ledger changes its unit: the database would refuse it, and
   * {@link unitsChanged} says so before.
   */
  async apply(
    work: UnitOfWork,
    { products, supplies = [] }: Pick<CountryPack, 'products' | 'supplies'>,
  ): Promise<void> {
    await this.applyProducts(work, products);
    await this.applySupplies(work, supplies);
    await work.query(`UPDATE product SET active = false WHERE code <> ALL ($1::text[])`, [
      [...products, ...supplies].map(({ code }) => code),
    ]);
  }

  /** Codes that are a supply here and a vaccine there, of what was ever published. */
  async unitsChanged(
    work: UnitOfWork,
    { products, supplies = [] }: Pick<CountryPack, 'products' | 'supplies'>,
  ): Promise<string[]> {
    const rows = await work.query<{ code: string }>(
      `SELECT code FROM product
       WHERE (unit = 'DOSE' AND code = ANY ($1::text[])) OR (unit = 'PIECE' AND code = ANY ($2::text[])) ORDER BY code`,
      [supplies.map(({ code }) => code), products.map(({ code }) => code)],
    );
    return rows.map(({ code }) => code);
  }

  private async applyProducts(work: UnitOfWork, products: readonly PackProduct[]): Promise<void> {
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
  }

  private async applySupplies(work: UnitOfWork, supplies: readonly PackSupply[]): Promise<void> {
    await work.query(
      `INSERT INTO product (code, unit, names, antigens, codes, gtins, expires, active)
       SELECT code, 'PIECE', name, '{}', '{}', ARRAY(SELECT jsonb_array_elements_text(coalesce(gtins, '[]'))), expires, true
       FROM jsonb_to_recordset($1::jsonb) AS s(code text, name jsonb, gtins jsonb, expires boolean)
       ON CONFLICT (code) DO UPDATE SET names = excluded.names, gtins = excluded.gtins, expires = excluded.expires, active = true`,
      [JSON.stringify(supplies)],
    );
  }

  /** Vaccines alone. */
  products(work: UnitOfWork): Promise<ProductRow[]> {
    return work.query(
      `SELECT code, vaccine, names, antigens, route, doses_per_vial AS "dosesPerVial",
              open_vial_hours AS "openVialHours", codes, active
       FROM product WHERE unit = 'DOSE' ORDER BY code`,
    );
  }

  supplies(work: UnitOfWork): Promise<SupplyRow[]> {
    return work.query(
      `SELECT code, names, gtins, expires, active FROM product WHERE unit = 'PIECE' ORDER BY code`,
    );
  }
}
