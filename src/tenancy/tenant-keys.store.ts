import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { AppError } from '../platform/errors';
import { KeyManagement, seal, unseal } from '../platform/keys';

/** Which column of which row a sealed value belongs to; a value moved elsewhere does not open. */
export interface SealedPlace {
  table: string;
  column: string;
  row: string;
}

/**
 * Encrypts what a tenant keeps of identifiers and phones, with a key of the tenant's own (made at first use,
 * stored wrapped by the key management), and makes the keyed blind indexes by which equal values are found.
 */
@Injectable()
export class TenantKeys {
  private readonly known = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly database: Database,
    private readonly keys: KeyManagement,
  ) {}

  async seal(ctx: Context, place: SealedPlace, text: string): Promise<Buffer> {
    return seal(await this.keyOf(ctx, 'columns'), Buffer.from(text, 'utf8'), aadOf(ctx, place));
  }

  async open(ctx: Context, place: SealedPlace, sealed: Buffer): Promise<string> {
    return unseal(await this.keyOf(ctx, 'columns'), sealed, aadOf(ctx, place)).toString('utf8');
  }

  /** HMAC-SHA-256 of a normalised value under the tenant's index key: equal values give equal bytes, and only here. */
  async blindIndex(ctx: Context, kind: string, text: string): Promise<Buffer> {
    return createHmac('sha256', await this.keyOf(ctx, 'indexes'))
      .update(`${kind}\0${text}`)
      .digest();
  }

  private keyOf(ctx: Context, purpose: string): Promise<Buffer> {
    const code = ctx.tenant?.code;
    if (!code) throw new AppError('TENANT_REQUIRED');
    const name = `${code}/${purpose}`;
    const key = this.known.get(name) ?? this.loadOrMake(ctx, purpose, name);
    this.known.set(name, key);
    key.catch(() => this.known.delete(name));
    return key;
  }

  /** In a unit of work of its own: the key must last even if what it was first needed for is rolled back. */
  private async loadOrMake(ctx: Context, purpose: string, name: string): Promise<Buffer> {
    const stored = await this.database.read(ctx, work => storedKey(work, purpose));
    const wrapped = stored ?? (await this.database.write(ctx, work => this.make(ctx, work, purpose, name)));
    return this.keys.unwrap(wrapped, name);
  }

  private async make(ctx: Context, work: UnitOfWork, purpose: string, name: string): Promise<Buffer> {
    await work.query(
      `INSERT INTO data_key (id, purpose, wrapped, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (purpose) DO NOTHING`,
      [ctx.newId(), purpose, this.keys.wrap(randomBytes(32), name), ctx.now()],
    );
    return (await storedKey(work, purpose))!;
  }
}

async function storedKey(work: UnitOfWork, purpose: string): Promise<Buffer | null> {
  const [row] = await work.query<{ wrapped: Buffer }>(`SELECT wrapped FROM data_key WHERE purpose = $1`, [
    purpose,
  ]);
  return row?.wrapped ?? null;
}

const aadOf = (ctx: Context, { table, column, row }: SealedPlace): string =>
  [ctx.tenant?.code, table, column, row].join('\0');
