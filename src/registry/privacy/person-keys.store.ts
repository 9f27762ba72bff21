import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import {
  openUnder,
  placeName,
  sealedBy,
  SealedColumns,
  type SealedPlace,
  sealUnder,
  TenantKeys,
} from '../../tenancy';

/** The keys of some people, unwrapped; null: shredded. Whoever was registered before people had keys has no entry. */
export type PersonKeyring = ReadonlyMap<string, Buffer | null>;

const WRAPPED = { table: 'person_key', column: 'wrapped' };

/**
 * A key of each person's own, wrapped with the country's: what is sealed with it never opens again once it is shredded,
 * in whatever copy of the rows. A row of `person_key` is all that has to be destroyed for that.
 */
@Injectable()
export class PersonKeys implements OnModuleInit {
  constructor(
    private readonly keys: TenantKeys,
    private readonly columns: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add({ ...WRAPPED, key: ['person_id'] });
  }

  /** The key of a person who has just been added. */
  async make(ctx: Context, work: UnitOfWork, personId: string): Promise<Buffer> {
    const key = randomBytes(32);
    await work.query(`INSERT INTO person_key (person_id, wrapped, made_at) VALUES ($1, $2, $3)`, [
      personId,
      await this.wrap(ctx, personId, key),
      ctx.now(),
    ]);
    return key;
  }

  async of(ctx: Context, work: UnitOfWork, personIds: readonly string[]): Promise<PersonKeyring> {
    const rows = await work.query<{ id: string; wrapped: Buffer | null }>(
      `SELECT person_id AS id, wrapped FROM person_key WHERE person_id = ANY ($1::uuid[])`,
      [personIds],
    );
    return new Map(
      await Promise.all(
        rows.map(
          async ({ id, wrapped }) =>
            [id, wrapped && (await this.keys.openBytes(ctx, { ...WRAPPED, row: id }, wrapped))] as const,
        ),
      ),
    );
  }

  /** Seals with a person's key, made now if she has none. Throws NOT_FOUND for somebody whose key is shredded. */
  async seal(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    place: SealedPlace,
    text: string,
  ): Promise<Buffer> {
    const key = await this.keyOf(ctx, work, personId);
    if (!key) throw notFound();
    return this.sealWith(ctx, key, place, text);
  }

  /** {@link seal} with a key that is at hand. */
  sealWith(ctx: Context, key: Buffer, place: SealedPlace, text: string): Buffer {
    return sealUnder(key, { kind: 'person' }, Buffer.from(text, 'utf8'), placeName(ctx, place));
  }

  /** {@link open} for one. Throws NOT_FOUND for somebody whose key is shredded. */
  async openOne(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    place: SealedPlace,
    sealed: Buffer,
  ): Promise<string> {
    const text = await this.open(ctx, await this.of(ctx, work, [personId]), personId, place, sealed);
    if (text === null) throw notFound();
    return text;
  }

  /** Null when the person's key is shredded. What was sealed before people had keys opens with the country's. */
  async open(
    ctx: Context,
    keyring: PersonKeyring,
    personId: string,
    place: SealedPlace,
    sealed: Buffer,
  ): Promise<string | null> {
    const key = keyring.get(personId);
    if (key === null) return null;
    if (sealedBy(sealed)?.kind !== 'person' || !key) return this.keys.open(ctx, place, sealed);
    return openUnder(key, sealed, placeName(ctx, place)).toString('utf8');
  }

  /** Destroys a person's key; a person without one gets none afterwards. */
  async shred(ctx: Context, work: UnitOfWork, personId: string): Promise<void> {
    await work.query(
      `INSERT INTO person_key (person_id, wrapped, made_at, shredded_at) VALUES ($1, NULL, $2, $2)
       ON CONFLICT (person_id) DO UPDATE SET wrapped = NULL, shredded_at = excluded.shredded_at
       WHERE person_key.shredded_at IS NULL`,
      [personId, ctx.now()],
    );
  }

  /** Two who make one at a moment have one: the first's. */
  private async keyOf(ctx: Context, work: UnitOfWork, personId: string): Promise<Buffer | null> {
    const known = (await this.of(ctx, work, [personId])).get(personId);
    if (known !== undefined) return known;
    await work.query(
      `INSERT INTO person_key (person_id, wrapped, made_at) VALUES ($1, $2, $3) ON CONFLICT (person_id) DO NOTHING`,
      [personId, await this.wrap(ctx, personId, randomBytes(32)), ctx.now()],
    );
    return (await this.of(ctx, work, [personId])).get(personId) ?? null;
  }

  private wrap(ctx: Context, personId: string, key: Buffer): Promise<Buffer> {
    return this.keys.sealBytes(ctx, { ...WRAPPED, row: personId }, key);
  }
}
