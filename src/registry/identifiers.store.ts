import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { TenantKeys } from '../tenancy';

/** An identifier that passed its country's rules: encrypted, and the keyed index by which it is found. */
export interface SealedIdentifier {
  id: string;
  type: string;
  index: Buffer;
  sealed: Buffer;
}

export interface SealedPhone {
  id: string;
  index: Buffer;
  sealed: Buffer;
  /** Proved by a one-time code; a number that somebody wrote down is not. */
  verified: boolean;
}

const IDENTIFIER = { table: 'person_identifier', column: 'sealed' };
const PHONE = { table: 'person_contact', column: 'phone_sealed' };

/** Identifiers and phones: sealed in their column, found by blind index, opened only to be shown masked. */
@Injectable()
export class IdentifiersStore {
  constructor(private readonly keys: TenantKeys) {}

  /** Sealed before a unit of work is opened: the first use of a tenant's key has one of its own. */
  async seal(ctx: Context, type: string, normalised: string): Promise<SealedIdentifier> {
    const id = ctx.newId();
    const sealed = await this.keys.seal(ctx, { ...IDENTIFIER, row: id }, normalised);
    return { id, type, sealed, index: await this.indexOf(ctx, type, normalised) };
  }

  async sealPhone(ctx: Context, e164: string, verified: boolean): Promise<SealedPhone> {
    const id = ctx.newId();
    const sealed = await this.keys.seal(ctx, { ...PHONE, row: id }, e164);
    return { id, verified, sealed, index: await this.phoneIndexOf(ctx, e164) };
  }

  indexOf(ctx: Context, type: string, normalised: string): Promise<Buffer> {
    return this.keys.blindIndex(ctx, `identifier:${type}`, normalised);
  }

  phoneIndexOf(ctx: Context, e164: string): Promise<Buffer> {
    return this.keys.blindIndex(ctx, 'phone', e164);
  }

  /** Takes identifiers for a person; the person who already has one of them, or null when all are hers now. */
  async claim(
    work: UnitOfWork,
    personId: string,
    identifiers: readonly SealedIdentifier[],
  ): Promise<string | null> {
    for (const { index } of [...identifiers].sort((a, b) => a.index.compare(b.index))) {
      const [made] = await work.query(
        `INSERT INTO identifier_claim (blind_index, person_id) VALUES ($1, $2)
         ON CONFLICT (blind_index) DO NOTHING RETURNING person_id`,
        [index, personId],
      );
      if (!made) return this.holder(work, index);
    }
    return null;
  }

  async holder(work: UnitOfWork, index: Buffer): Promise<string | null> {
    const [row] = await work.query<{ person_id: string }>(
      `SELECT person_id FROM identifier_claim WHERE blind_index = $1`,
      [index],
    );
    return row?.person_id ?? null;
  }

  async addIdentifier(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    identifier: SealedIdentifier,
  ): Promise<void> {
    await work.query(
      `INSERT INTO person_identifier (person_id, identifier_id, type, blind_index, sealed, added_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [personId, identifier.id, identifier.type, identifier.index, identifier.sealed, ctx.now()],
    );
  }

  async addPhone(ctx: Context, work: UnitOfWork, personId: string, phone: SealedPhone): Promise<void> {
    await work.query(
      `INSERT INTO person_contact (person_id, contact_id, phone_index, phone_sealed, verified, added_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [personId, phone.id, phone.index, phone.sealed, phone.verified, ctx.now()],
    );
  }

  async identifiersOf(
    ctx: Context,
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<{ personId: string; type: string; normalised: string }[]> {
    const rows = await work.query<{ personId: string; id: string; type: string; sealed: Buffer }>(
      `SELECT person_id AS "personId", identifier_id AS id, type, sealed FROM person_identifier
       WHERE person_id = ANY($1::uuid[]) ORDER BY identifier_id`,
      [personIds],
    );
    return Promise.all(
      rows.map(async ({ personId, id, type, sealed }) => ({
        personId,
        type,
        normalised: await this.keys.open(ctx, { ...IDENTIFIER, row: id }, sealed),
      })),
    );
  }

  async phonesOf(
    ctx: Context,
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<{ personId: string; e164: string; verified: boolean }[]> {
    const rows = await work.query<{ personId: string; id: string; verified: boolean; sealed: Buffer }>(
      `SELECT person_id AS "personId", contact_id AS id, verified, phone_sealed AS sealed FROM person_contact
       WHERE person_id = ANY($1::uuid[]) ORDER BY contact_id`,
      [personIds],
    );
    return Promise.all(
      rows.map(async ({ personId, id, verified, sealed }) => ({
        personId,
        verified,
        e164: await this.keys.open(ctx, { ...PHONE, row: id }, sealed),
      })),
    );
  }
}
