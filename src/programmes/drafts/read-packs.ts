import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import { PROJECT_ROOT } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import {
  comparePacks,
  type CountryPack,
  diffPacks,
  filesOf,
  type PackChange,
  type PackComparison,
  type PackText,
} from '../country-pack';
import { type PackRow, ProgrammesStore } from '../programmes.store';
import { PublicationsStore } from '../publication/publications.store';
import type { CountryPackState } from './comparison.graphql';

/**
 * Packs that a country has drafted and published, what they say, how two differ, and the files that ship with the
 * product.
 */
@Injectable()
export class ReadPacks {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
  ) {}

  all(ctx: Context): Promise<PackRow[]> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, work => this.store.packs(work));
  }

  /** Any pack, however old. Throws NOT_FOUND. */
  one(ctx: Context, id: string): Promise<PackRow> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, async work => {
      const pack = await this.store.pack(work, id);
      if (!pack) throw notFound();
      return pack;
    });
  }

  /** The pack whose schedule a dose's record names by code and version. Throws NOT_FOUND. */
  ofSchedule(ctx: Context, { code, version }: { code: string; version: string }): Promise<PackRow> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, async work => {
      const id = await this.publications.published(work, `schedule ${code}`, version);
      const pack = id ? await this.store.pack(work, id) : null;
      if (!pack) throw notFound();
      return pack;
    });
  }

  /** What a pack says. Throws NOT_FOUND. */
  content(ctx: Context, packId: string): Promise<CountryPack> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, work => this.contentIn(work, packId));
  }

  async files(ctx: Context, packId: string): Promise<PackText[]> {
    return filesOf(await this.content(ctx, packId));
  }

  /** What putting this pack in force would change of what is in force now; of an empty country, everything. */
  changes(ctx: Context, packId: string): Promise<PackChange[]> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, async work => {
      const current = await this.store.currentId(work);
      const before = current ? await this.store.content(work, current) : null;
      return diffPacks(before ?? ({} as CountryPack), await this.contentIn(work, packId));
    });
  }

  /** How any two packs differ, drafts and earlier ones included. Throws NOT_FOUND. */
  compare(ctx: Context, { from, to }: { from: string; to: string }): Promise<PackComparison> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, async work =>
      comparePacks(await this.contentIn(work, from), await this.contentIn(work, to)),
    );
  }

  /** How a draft came to be what it is: each state, by whom and when, and the edits that made it. */
  async history(ctx: Context, packId: string): Promise<CountryPackState[]> {
    may(ctx, 'pack.read');
    const states = await this.database.read(ctx, work => this.store.states(work, packId));
    return states.map(({ edits, ...state }) => ({
      ...state,
      edits: (edits ?? []).flatMap(edit =>
        Object.entries(edit).map(([verb, what]) => ({ verb, what: JSON.stringify(what) })),
      ),
    }));
  }

  /** The files of the pack that ships for the tenant's country, to start from; none where there is no such pack. */
  async shipped(ctx: Context): Promise<{ name: string; content: string }[]> {
    may(ctx, 'pack.read');
    const folder = join(PROJECT_ROOT, 'countries', ctx.tenant!.country.toLowerCase());
    const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
    const files = names.map(name => name.replaceAll('\\', '/')).filter(name => /\.(json|csv)$/.test(name));
    return Promise.all(
      files.sort().map(async name => ({ name, content: await readFile(join(folder, name), 'utf8') })),
    );
  }

  private async contentIn(work: UnitOfWork, packId: string): Promise<CountryPack> {
    const pack = await this.store.content(work, packId);
    if (!pack) throw notFound();
    return pack;
  }
}
