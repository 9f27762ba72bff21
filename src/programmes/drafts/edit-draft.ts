import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { type CountryPack, packHash } from '../country-pack';
import type { CountryPackDrafted, CountryPackRefused } from '../country-pack.graphql';
import { editPack, type PackEdit } from '../pack-edits';
import { type PackRow, ProgrammesStore } from '../programmes.store';
import { PublicationsStore } from '../publication/publications.store';
import { drafted } from './draft-states';
import { CountryPackMovedOn } from './draft.refusals';
import { FaultWords } from './fault-words';

/**
 * Edits a draft: all edits or none, and the answer is a new state of it with an id of its own. The state that the editor
 * saw must be the newest, so nobody's edit is lost; who edited what is kept for ever.
 */
@Injectable()
export class EditDraft {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
    private readonly words: FaultWords,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND; INVALID_INPUT for a pack that was published: a new draft can start from it. */
  async run(
    ctx: Context,
    { packId, edits }: { packId: string; edits: readonly PackEdit[] },
  ): Promise<CountryPackDrafted | CountryPackRefused | CountryPackMovedOn> {
    may(ctx, 'pack.draft');
    const { state, before } = await this.database.read(ctx, work => this.seen(work, packId));
    const { pack, ...faulty } = editPack(before, edits);
    if (!pack) return this.words.refused(ctx, faulty, before.schedule);
    const hash = packHash(pack);
    if (hash === state.hash) return drafted(state);
    return this.database.write(ctx, async work => {
      const baseId = await this.store.baseOf(work, packId);
      const next = { draftId: state.draftId, revision: state.revision + 1, hash, pack, baseId, edits };
      const row = await this.store.addState(ctx, work, next);
      if (!row) return this.movedOn(ctx, await this.store.newestState(work, state.draftId));
      this.audit.record(ctx, work, {
        action: 'pack.edit',
        resource: { type: 'country-pack', id: row.id },
        detail: { draftId: row.draftId, verbs: edits.flatMap(edit => Object.keys(edit)) },
      });
      return drafted(row);
    });
  }

  private async seen(work: UnitOfWork, packId: string): Promise<{ state: PackRow; before: CountryPack }> {
    const state = await this.store.pack(work, packId);
    if (!state) throw notFound();
    if (await this.publications.isPublished(work, packId))
      throw invalid('packId', 'programmes.invalid.published');
    return { state, before: (await this.store.content(work, packId))! };
  }

  private movedOn(ctx: Context, newest: PackRow): CountryPackMovedOn {
    const message = this.texts.say(ctx, 'programmes.movedOn');
    return Object.assign(new CountryPackMovedOn(), { message, newest });
  }
}
