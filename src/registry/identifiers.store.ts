import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { type BlindIndex, IndexedColumns, SealedColumns, TenantKeys } from '../tenancy';
import { PersonKeys } from './privacy/person-keys.store';

/** An identifier that passed its country's rules, and the keyed index by which it is found. */
export interface IndexedIdentifier {
  type: string;
  normalised: string;
  index: BlindIndex;
}

export interface IndexedPhone {
  e164: string;
  index: BlindIndex;
  /** Proved by a one-time code; a number that somebody wrote down is not. */
  verified: boolean;
}

const IDENTIFIER = { table: 'person_identifier', column: 'sealed' };
const PHONE = { table: 'person_contact', column: 'phone_sealed' };

/**
 * Identifiers and phones: sealed in their column with the person's key, found by blind index, opened to be shown
 * masked.
 */
@Injectable()
export class IdentifiersStore implements OnModuleInit {
  constructor(
    private readonly keys: TenantKeys,
    private readonly personKeys: PersonKeys,
    private readonly columns: SealedColumns,
    private readonly indexedColumns: IndexedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(
      { ...IDENTIFIER, key: ['person_id', 'identifier_id'] },
      { ...PHONE, key: ['person_id', 'contact_id'] },
    );
    this.indexedColumns.add(
      { table: 'identifier_claim', column: 'blind_index', key: ['blind_index'] },
      { table: 'person_identifier', column: 'blind_index', key: ['person_id', 'identifier_id'] },
      { table: 'person_contact', column: 'phone_index', key: ['person_id', 'contact_id'] },
    );
  }

  /** Before a unit of work is opened: the first use of a tenant's keys has one of its own. */
  async indexed(ctx: Context, type: string, normalised: string): Promise<IndexedIdentifier> {
    return { type, normalised, index: await this.indexOf(ctx, type, normalised) };
  }

  async indexedPhone(ctx: Context, e164: string, verified: boolean): Promise<IndexedPhone> {
    return { e164, verified, index: await this.phoneIndexOf(ctx, e164) };
  }

  indexOf(ctx: Context, type: string, normalised: string): Promise<BlindIndex> {
    return this.keys.blindIndex(ctx, `identifier:${type}`, normalised);
  }

  phoneIndexOf(ctx: Context, e164: string): Promise<BlindIndex> {
    return this.keys.blindIndex(ctx, 'phone', e164);
  }

  /** Takes identifiers for a person; false when somebody has one of them, and then all is to be rolled back. */
  async claim(
    work: UnitOfWork,
    personId: string,
    identifiers: readonly IndexedIdentifier[],
  ): Promise<boolean> {
    for (const { index } of [...identifiers].sort((a, b) => a.index.first.compare(b.index.first)))
      if (!(await this.claimOne(work, personId, index))) return false;
    return true;
  }

  /**
   * Takes an index in every form in which it may be stored, oldest first, and keeps one. Whoever takes it at the same
   * moment waits at the first form that both of them know, whatever keys each has heard of: one of them gets it.
   */
  private async claimOne(work: UnitOfWork, personId: string, index: BlindIndex): Promise<boolean> {
    for (const form of index.all) {
      const made = await work.query(
        `INSERT INTO identifier_claim (blind_index, person_id) VALUES ($1, $2)
         ON CONFLICT (blind_index) DO NOTHING RETURNING person_id`,
        [form, personId],
      );
      if (made.length === 0) return false;
    }
    const others = index.all.filter(form => form !== index.stored);
    if (others.length > 0)
      await work.query(`DELETE FROM identifier_claim WHERE blind_index = ANY ($1::bytea[])`, [others]);
    return true;
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
      [person.id, id, identifier.type, identifier.index.stored, sealed, ctx.now()],
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
      [person.id, id, phone.index.stored, sealed, phone.verified, ctx.now()],
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
