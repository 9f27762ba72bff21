import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { SealedColumns, TenantKeys } from '../tenancy';
import { PersonKeys } from './privacy/person-keys.store';

/** An identifier that passed its country's rules, and the keyed index by which it is found. */
export interface IndexedIdentifier {
  type: string;
  normalised: string;
  index: Buffer;
}

export interface IndexedPhone {
  e164: string;
  index: Buffer;
  /** Proved by a one-time code; a number that somebody wrote down is not. */
  verified: boolean;
}

const IDENTIFIER = { table: 'person_identifier', column: 'sealed' };
const PHONE = { table: 'person_contact', column: 'phone_sealed' };

/** Identifiers and phones: sealed in their column with the person's key, found by blind index, opened to be shown masked. */
@Injectable()
export class IdentifiersStore implements OnModuleInit {
  constructor(
    private readonly keys: TenantKeys,
    private readonly personKeys: PersonKeys,
    private readonly columns: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(
      { ...IDENTIFIER, key: ['person_id', 'identifier_id'] },
      { ...PHONE, key: ['person_id', 'contact_id'] },
    );
  }

  /** Before a unit of work is opened: the first use of a tenant's keys has one of its own. */
  async indexed(ctx: Context, type: string, normalised: string): Promise<IndexedIdentifier> {
    return { type, normalised, index: await this.indexOf(ctx, type, normalised) };
  }

  async indexedPhone(ctx: Context, e164: string, verified: boolean): Promise<IndexedPhone> {
    return { e164, verified, index: await this.phoneIndexOf(ctx, e164) };
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
    identifiers: readonly IndexedIdentifier[],
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
    person: { id: string; key: Buffer },
    identifier: IndexedIdentifier,
  ): Promise<void> {
    const id = ctx.newId();
    const sealed = this.personKeys.sealWith(
      ctx,
      person.key,
      { ...IDENTIFIER, row: id },
      identifier.normalised,
    );
    await work.query(
      `INSERT INTO person_identifier (person_id, identifier_id, type, blind_index, sealed, added_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [person.id, id, identifier.type, identifier.index, sealed, ctx.now()],
    );
  }

  async addPhone(
    ctx: Context,
    work: UnitOfWork,
    person: { id: string; key: Buffer },
    phone: IndexedPhone,
  ): Promise<void> {
    const id = ctx.newId();
    const sealed = this.personKeys.sealWith(ctx, person.key, { ...PHONE, row: id }, phone.e164);
    await work.query(
      `INSERT INTO person_contact (person_id, contact_id, phone_index, phone_sealed, verified, added_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [person.id, id, phone.index, sealed, phone.verified, ctx.now()],
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
    const keyring = rows.length > 0 ? await this.personKeys.of(ctx, work, personIds) : new Map();
    const opened = await Promise.all(
      rows.map(async ({ personId, id, type, sealed }) => {
        const place = { ...IDENTIFIER, row: id };
        const normalised = await this.personKeys.open(ctx, keyring, personId, place, sealed);
        return normalised === null ? [] : [{ personId, type, normalised }];
      }),
    );
    return opened.flat();
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
    const keyring = rows.length > 0 ? await this.personKeys.of(ctx, work, personIds) : new Map();
    const opened = await Promise.all(
      rows.map(async ({ personId, id, verified, sealed }) => {
        const e164 = await this.personKeys.open(ctx, keyring, personId, { ...PHONE, row: id }, sealed);
        return e164 === null ? [] : [{ personId, verified, e164 }];
      }),
    );
    return opened.flat();
  }
}
