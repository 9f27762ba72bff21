import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { CivilDate } from '../../common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { CountryPackMovedOn } from '../drafts/draft.refusals';
import { ProgrammesStore } from '../programmes.store';
import { CountryPackProposal } from './publication.graphql';
import type {
  CountryPackNotReady,
  CountryPackVersionTaken,
  EffectiveDateTooEarly,
} from './publication.refusals';
import { PublicationsStore } from './publications.store';
import { ReadPublications } from './read-publications';
import { Readiness } from './readiness';
import { Refuse } from './refuse';

type Refusals = CountryPackNotReady | CountryPackVersionTaken | EffectiveDateTooEarly | CountryPackMovedOn;

/** Proposes the newest state of a draft for a day. The linter and the golden cases are run; nothing is in force by it. */
@Injectable()
export class ProposePack {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
    private readonly readiness: Readiness,
    private readonly reading: ReadPublications,
    private readonly refuse: Refuse,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND. */
  async run(
    ctx: Context,
    input: { packId: string; effectiveOn: CivilDate; note: string },
  ): Promise<CountryPackProposal | Refusals> {
    may(ctx, 'pack.draft');
    return this.database.write(ctx, async work => {
      const pack = await this.store.pack(work, input.packId);
      if (!pack) throw notFound();
      const newest = await this.store.newestState(work, pack.draftId);
      if (newest.id !== pack.id) return this.refuse.with(ctx, CountryPackMovedOn, { newest });
      const refusal = await this.readiness.refusal(ctx, work, input);
      if (refusal) return refusal;
      const proposal = await this.publications.propose(ctx, work, input);
      this.audit.record(ctx, work, {
        action: 'pack.propose',
        resource: { type: 'country-pack', id: pack.id },
        detail: { proposal: proposal.id, effectiveOn: input.effectiveOn },
      });
      return this.reading.proposal(work, proposal);
    });
  }
}
