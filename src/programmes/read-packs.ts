import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { may } from '../platform/access';
import { PROJECT_ROOT } from '../platform/config';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { notFound } from '../platform/errors';
import { type CountryPack, diffPacks, type PackChange } from './country-pack';
import { type PackRow, ProgrammesStore } from './programmes.store';

/** Packs that a country has drafted and published, what each would change, and the files that come with the product. */
@Injectable()
export class ReadPacks {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
  ) {}

  all(ctx: Context): Promise<PackRow[]> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, work => this.store.packs(work));
  }

  /** What putting this pack in force would change of what is in force now; of an empty country, everything. */
  changes(ctx: Context, packId: string): Promise<PackChange[]> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, async work => {
      const current = await this.store.currentId(work);
      const before = current ? await this.store.content(work, current) : null;
      const after = await this.store.content(work, packId);
      if (!after) throw notFound();
      return diffPacks(before ?? ({} as CountryPack), after);
    });
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
}
