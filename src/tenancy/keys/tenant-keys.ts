import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { KeptKeys, KeyManagement, unseal, type WrappedColumn } from '../../platform/keys';
import type { HandedOverKey } from '../ending/handed-over';
import { type BlindIndex, blindIndexOf, type IndexKey, lifted, writingNumber } from './blind-index-rules';
import { type DataKeyRow, DataKeysStore, type KeyPurpose } from './data-keys.store';
import { FIRST, openUnder, type SealedBy, sealedBy, sealUnder } from './sealed-bytes';

/** Which column of which row a sealed value belongs to; a value moved elsewhere does not open. */
export interface SealedPlace {
  table: string;
  column: string;
  row: string;
}

/** A country's keys, unwrapped. */
interface Ring {
  columns: ReadonlyMap<number, Buffer>;
  /** The number of the key that seals. */
  current: number;
  /** All that there ever were, oldest first. */
  indexes: readonly IndexKey[];
  /** By the process's own clock (ms). */
  readAt: number;
}

/** A ring this old is read anew, so that a key which another process made seals here too. */
const RING_LASTS_MS = 30_000;
/** A ring this old seals nothing. Old keys are kept much longer than this after the last one that could have used them. */
const RING_ENDS_MS = 600_000;

/**
 * Encrypts what a tenant keeps of identifiers and phones, with keys of the tenant's own (made at first use, stored
 * wrapped by the key management), and makes the keyed blind indexes by which equal values are found. The newest key
 * seals; every key that is still stored opens.
 */
@Injectable()
export class TenantKeys {
  private readonly rings = new KeptKeys<Ring>();
  private readonly reading = new Map<string, Promise<Ring>>();

  constructor(
    private readonly database: Database,
    private readonly store: DataKeysStore,
    private readonly keys: KeyManagement,
  ) {}

  async seal(ctx: Context, place: SealedPlace, text: string): Promise<Buffer> {
    return this.sealBytes(ctx, place, Buffer.from(text, 'utf8'));
  }

  async open(ctx: Context, place: SealedPlace, sealed: Buffer): Promise<string> {
    return (await this.openBytes(ctx, place, sealed)).toString('utf8');
  }

  sealBytes(ctx: Context, place: SealedPlace, plain: Buffer): Promise<Buffer> {
    return this.sealBytesUnder(ctx, place, plain, null);
  }

  /** Seals with the key of a number, or with the newest that is known here. */
  async sealBytesUnder(
    ctx: Context,
    place: SealedPlace,
    plain: Buffer,
    asked: number | null,
  ): Promise<Buffer> {
    const ring = await this.ringWith(ctx, asked);
    const by = { kind: 'tenant' as const, number: asked ?? ring.current };
    return sealUnder(keyFor(ring, by), by, plain, placeName(ctx, place));
  }

  /** Throws for a value that belongs elsewhere, was changed, or whose key is gone. */
  async openBytes(ctx: Context, place: SealedPlace, sealed: Buffer): Promise<Buffer> {
    const by = sealedBy(sealed);
    const ring = await this.ringWith(ctx, by === null ? FIRST : by.kind === 'tenant' ? by.number : null);
    try {
      return openUnder(keyFor(ring, by), sealed, placeName(ctx, place));
    } catch (error) {
      const first = ring.columns.get(FIRST);
      if (!first) throw error;
      return unseal(first, sealed, placeName(ctx, place)); // from before keys had numbers, whatever its first bytes are
    }
  }

  /** What a normalised value is stored and found by: equal values of a kind give equal bytes, and only in this country. */
  async blindIndex(ctx: Context, kind: string, text: string): Promise<BlindIndex> {
    return blindIndexOf((await this.ring(ctx)).indexes, `${kind}\0${text}`, ctx.now());
  }

  /** Of stored indexes, what each is under the newest key: so that two can be compared whenever they were stored. */
  async newestForms(ctx: Context): Promise<(stored: Buffer) => Buffer> {
    const { indexes } = await this.ring(ctx);
    return stored => lifted(indexes, stored);
  }

  /** A stored index under the key of a number. */
  async liftedTo(ctx: Context, stored: Buffer, number: number): Promise<Buffer> {
    return lifted((await this.ring(ctx)).indexes, stored, number);
  }

  /** Makes the country's first keys where there are none. To be called outside a unit of work. */
  async ready(ctx: Context): Promise<void> {
    await this.ring(ctx);
  }

  /** Makes a further key, which seals within ten minutes of the commit everywhere; its number. */
  async add(ctx: Context, work: UnitOfWork): Promise<number> {
    const number = (await this.newest(work)).number + 1;
    await this.make(ctx, work, 'columns', number);
    return number;
  }

  /** Makes a further key of indexes; its number. */
  async addIndexKey(ctx: Context, work: UnitOfWork): Promise<number> {
    const number = Math.max(...(await this.indexKeys(work)).map(key => key.number)) + 1;
    await this.make(ctx, work, 'indexes', number);
    return number;
  }

  /** The index key under which everything is to be stored, and the older ones under which something still may be. */
  async indexNumbers(
    ctx: Context,
    work: UnitOfWork,
  ): Promise<{ number: number; createdAt: Date; older: number[] }> {
    const keys = await this.indexKeys(work);
    const number = writingNumber(keys, ctx.now());
    const older = keys.filter(key => key.number < number && key.emptiedAt === null);
    const { createdAt } = keys.find(key => key.number === number) ?? { createdAt: new Date(0) };
    return { number, createdAt, older: older.map(key => key.number) };
  }

  /** A key was made and committed: this process seals with it from the next call on. */
  readAnew(ctx: Context): void {
    this.rings.delete(codeOf(ctx));
  }

  /** The newest key of columns, whatever this process knows; number 0 before there is one. */
  async newest(work: UnitOfWork): Promise<{ number: number; createdAt: Date; older: boolean }> {
    const [newest, older] = (await this.store.all(work))
      .filter(({ purpose }) => purpose === 'columns')
      .reverse();
    return {
      number: newest?.number ?? 0,
      createdAt: newest?.createdAt ?? new Date(0),
      older: older !== undefined,
    };
  }

  /** A country that leaves gets all of its keys; those of its persons are wrapped with them. */
  async handOver(ctx: Context, work: UnitOfWork): Promise<HandedOverKey[]> {
    return (await this.store.all(work)).map(({ purpose, number, wrapped }) => ({
      purpose,
      number,
      key: this.keys.unwrap(wrapped, nameOf(ctx, purpose, number)).toString('base64url'),
    }));
  }

  private async indexKeys(work: UnitOfWork): Promise<DataKeyRow[]> {
    return (await this.store.all(work)).filter(({ purpose }) => purpose === 'indexes');
  }

  private ring(ctx: Context): Promise<Ring> {
    return this.ringWith(ctx, null);
  }

  /**
   * The ring as it was read last. One that is a little old is given all the same and read anew beside: whoever asks may
   * hold a connection, and must not wait for another. Too old, or without a key that somebody sealed with, it is
   * waited for.
   */
  private async ringWith(ctx: Context, number: number | null): Promise<Ring> {
    const known = this.rings.get(codeOf(ctx));
    if (!known) return this.read(ctx);
    const age = performance.now() - known.readAt;
    const serves = number === null || known.columns.has(number) || number > known.current + MOST_AHEAD;
    if (!serves) await this.reading.get(codeOf(ctx)); // it may have been begun before the key was made
    if (!serves || age > RING_ENDS_MS) return this.read(ctx);
    if (age > RING_LASTS_MS) void this.read(ctx).catch(() => undefined);
    return known;
  }

  /** Many who ask at one moment wait for one reading. */
  private read(ctx: Context): Promise<Ring> {
    const code = codeOf(ctx);
    const underway = this.reading.get(code);
    if (underway) return underway;
    const reading = this.readOrMake(ctx)
      .then(ring => {
        this.rings.set(code, ring);
        return ring;
      })
      .finally(() => this.reading.delete(code));
    this.reading.set(code, reading);
    return reading;
  }

  /** In units of work of its own: a key must last even if what it was first needed for is rolled back. */
  private async readOrMake(ctx: Context): Promise<Ring> {
    const stored = await this.database.readShared(ctx, work => this.store.all(work));
    const both = new Set(stored.map(({ purpose }) => purpose)).size === 2;
    return this.unwrapped(ctx, both ? stored : await this.makeFirst(ctx));
  }

  private makeFirst(ctx: Context): Promise<DataKeyRow[]> {
    return this.database.writeShared(ctx, async work => {
      await this.make(ctx, work, 'columns', FIRST);
      await this.make(ctx, work, 'indexes', FIRST);
      return this.store.all(work);
    });
  }

  private make(ctx: Context, work: UnitOfWork, purpose: KeyPurpose, number: number): Promise<void> {
    const wrapped = this.keys.wrap(randomBytes(32), nameOf(ctx, purpose, number));
    return this.store.add(ctx, work, { purpose, number, wrapped });
  }

  private unwrapped(ctx: Context, rows: readonly DataKeyRow[]): Ring {
    const keyOf = ({ purpose, number, wrapped }: DataKeyRow): Buffer =>
      this.keys.unwrap(wrapped, nameOf(ctx, purpose, number));
    const columns = new Map(
      rows.filter(({ purpose }) => purpose === 'columns').map(row => [row.number, keyOf(row)]),
    );
    const indexes = rows
      .filter(({ purpose }) => purpose === 'indexes')
      .map(row => ({ ...row, key: keyOf(row) }));
    return { columns, indexes, current: Math.max(...columns.keys()), readAt: performance.now() };
  }
}

/** A number further ahead than this is no key of ours: the keys are not read anew for each forged value. */
const MOST_AHEAD = 8;

function keyFor({ columns }: Ring, by: SealedBy | null): Buffer {
  const key = by?.kind === 'tenant' ? columns.get(by.number) : undefined;
  if (!key) throw new Error('No key of this country sealed it');
  return key;
}

function codeOf(ctx: Context): string {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return ctx.tenant.code;
}

/** What a key is wrapped under; the first ones had no number. */
const nameOf = (ctx: Context, purpose: KeyPurpose, number: number): string =>
  number === FIRST ? `${codeOf(ctx)}/${purpose}` : `${codeOf(ctx)}/${purpose}/${number}`;

/** The country's data and index keys, for whoever changes what they are wrapped with. */
export const WRAPPED_DATA_KEYS: WrappedColumn = {
  planes: ['tenant'],
  table: 'data_key',
  column: 'wrapped',
  names: ['purpose', 'number'],
  contextOf: (ctx, [purpose, number]) => nameOf(ctx, purpose as KeyPurpose, Number(number)),
};

export const placeName = (ctx: Context, { table, column, row }: SealedPlace): string =>
  [codeOf(ctx), table, column, row].join('\0');
