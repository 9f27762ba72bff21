import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { packHash } from '../country-pack';
import type { CountryPackDrafted, CountryPackRefused } from '../country-pack.graphql';
import { ProgrammesStore } from '../programmes.store';
import { DraftPack } from './draft-pack';
import { DraftStates } from './draft-states';
import { ReadPacks } from './read-packs';

/** Begins a draft from what there is: the pack in force, any other pack of the country, or the one that ships for it. */
@Injectable()
export class StartDraft {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly packs: ReadPacks,
    private readonly draftPack: DraftPack,
    private readonly states: DraftStates,
  ) {}

  /**
   * `packId` absent: the pack in force. Throws NOT_FOUND for a pack that is not there or where none ships, STATE_FORBIDS
   * while nothing is in force.
   */
  async run(
    ctx: Context,
    input: { packId?: string; shipped?: boolean },
  ): Promise<CountryPackDrafted | CountryPackRefused> {
    may(ctx, 'pack.draft');
    if (!input.shipped) return this.states.begin(ctx, await this.copyOf(ctx, input.packId));
    const files = await this.packs.shipped(ctx);
    if (files.length === 0) throw notFound();
    return this.draftPack.run(ctx, { files });
  }

  private copyOf(ctx: Context, packId: string | undefined) {
    return this.database.read(ctx, async work => {
      const id = packId ?? (await this.store.currentId(work));
      if (!id) throw new AppError('STATE_FORBIDS', { state: ctx.tenant!.state });
      const pack = await this.store.content(work, id);
      if (!pack) throw notFound();
      return { pack, hash: packHash(pack), baseId: await this.store.baseOf(work, id) };
    });
  }
}
