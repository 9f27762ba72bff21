import { Injectable } from '@nestjs/common';
import { firstIdAt, timeOfId } from '../../common';
import type { Context } from '../../platform/context';
import { Database, PLATFORM_SCHEMA, schemaOf, type UnitOfWork } from '../../platform/database';
import { type ExportedHead, HeadExport } from './head-export';
import { merkleRoot } from './merkle-rules';
import { headBytes, headHash, lookFrom, NO_SEAL, type SealHead } from './seal-rules';
import { SealKeys } from './seal-key';
import { type Seal, SealsStore } from './seals.store';

/** Entries under one seal, at most: a transaction of some tens of milliseconds. */
const MOST_ENTRIES = 5_000;
/** Seals of one turn, at most: then the next trail has its turn. */
const MOST_SEALS = 40;
/** Heads that are taken out at a time. */
const MOST_HEADS = 1_000;

/**
 * Seals the trail of one plane: a signed Merkle root over every entry that was committed and is under no seal, chained
 * to the seal before. One at a time: the loser of a race finds its number taken and changes nothing. Then takes the heads
 * out of the database (decision 0020).
 */
@Injectable()
export class SealTrail {
  private readonly exported = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly store: SealsStore,
    private readonly keys: SealKeys,
    private readonly out: HeadExport,
  ) {}

  /** One turn; how many seals were made. Also in a suspended country: reading goes on there, and so does its trail. */
  async run(ctx: Context): Promise<number> {
    let seals = 0;
    // Looking back costs as much as was sealed in its time: once a turn, and again while it finds something.
    for (let lookBack = true; seals < MOST_SEALS; seals++) {
      const made = await this.write(ctx, work => this.seal(ctx, work, lookBack));
      if (!made) break;
      lookBack = made.late;
    }
    await this.takeOut(ctx);
    return seals;
  }

  /** One seal, and whether late entries are under it; null when there was nothing to seal, or another process was faster. */
  private async seal(ctx: Context, work: UnitOfWork, lookBack: boolean): Promise<{ late: boolean } | null> {
    const now = ctx.now();
    const last = await this.store.last(work);
    const from = last
      ? lookFrom({ sealedAt: instant(last.sealedAt), newestAt: timeOfId(last.lastId) }, now)
      : new Date(0);
    const [late, fresh] = await Promise.all([
      lookBack ? this.store.late(work, firstIdAt(from), MOST_ENTRIES) : [],
      this.store.fresh(work, MOST_ENTRIES),
    ]);
    const entries = [...late, ...fresh].slice(0, MOST_ENTRIES);
    if (entries.length === 0) return null;
    const trail = trailOf(ctx);
    const head: SealHead = {
      trail,
      number: (last?.number ?? 0) + 1,
      sealedAt: (now.getTime() / 1000).toFixed(6),
      entries: entries.length,
      root: merkleRoot(entries.map(({ leaf }) => leaf)).toString('hex'),
      previous: last ? headHash({ ...last, trail }) : NO_SEAL,
    };
    const signer = this.keys.signerOf(trail);
    const entryIds = entries.map(({ id }) => id);
    const signed = { key: signer.thumbprint, signature: signer.sign(headBytes(head)) };
    const seal = { ...head, ...signed, entryIds, lastId: entryIds.at(-1)! };
    return (await this.store.add(work, seal, now)) ? { late: late.length > 0 } : null;
  }

  /** Takes out what is not out yet, oldest first: also what a process that was killed left behind. */
  private async takeOut(ctx: Context): Promise<void> {
    const trail = trailOf(ctx);
    let newest = this.exported.get(trail) ?? (await this.out.newest(trail));
    if (newest === Infinity) return;
    let seals = await this.sealsAfter(ctx, newest);
    if (seals.length > 0)
      for (const signer of this.keys.signersOf(trail)) await this.out.publish(trail, signer);
    for (; seals.length > 0; seals = await this.sealsAfter(ctx, newest)) {
      for (const seal of seals) await this.out.put(exportedHead(trail, seal));
      newest = seals.at(-1)!.number;
      this.exported.set(trail, newest);
    }
  }

  private sealsAfter(ctx: Context, number: number): Promise<Omit<Seal, 'entryIds'>[]> {
    const step = (work: UnitOfWork) => this.store.after(work, number, MOST_HEADS);
    return ctx.tenant ? this.database.read(ctx, step) : this.database.readPlatform(step);
  }

  private write<T>(ctx: Context, step: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return ctx.tenant ? this.database.writeEvenIfSuspended(ctx, step) : this.database.writePlatform(step);
  }
}

/** How a plane's trail is called: by its schema. */
const trailOf = (ctx: Context): string => (ctx.tenant ? schemaOf(ctx.tenant.code) : PLATFORM_SCHEMA);

const instant = (seconds: string): Date => new Date(Number(seconds) * 1000);

const exportedHead = (trail: string, seal: Omit<Seal, 'entryIds'>): ExportedHead => ({
  trail,
  number: seal.number,
  sealedAt: seal.sealedAt,
  entries: seal.entries,
  root: seal.root,
  previous: seal.previous,
  key: seal.key,
  signature: seal.signature.toString('base64'),
});
