import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { CountryPackProposal } from './publication.graphql';
import { CountryPackProposalClosed } from './publication.refusals';
import { PublicationsStore } from './publications.store';
import { ReadPublications } from './read-publications';
import { Refuse } from './refuse';

/** Takes a proposal back. Of a withdrawal and an approval at the same moment one is told of the other. */
@Injectable()
export class WithdrawProposal {
  constructor(
    private readonly database: Database,
    private readonly publications: PublicationsStore,
    private readonly reading: ReadPublications,
    private readonly refuse: Refuse,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND. */
  async run(
    ctx: Context,
    { proposalId, reason }: { proposalId: string; reason: string },
  ): Promise<CountryPackProposal | CountryPackProposalClosed> {
    may(ctx, 'pack.draft');
    return this.database.write(ctx, async work => {
      if (!(await this.publications.proposal(work, proposalId))) throw notFound();
      const decision = { proposalId, decision: 'WITHDRAWN' as const, note: reason };
      const withdrawn = await this.publications.decide(ctx, work, decision);
      const row = (await this.publications.proposal(work, proposalId))!;
      const proposal = await this.reading.proposal(work, row);
      if (!withdrawn) return this.refuse.with(ctx, CountryPackProposalClosed, { proposal });
      this.audit.record(ctx, work, {
        action: 'pack.withdraw',
        resource: { type: 'country-pack', id: row.packId },
        detail: { proposal: proposalId },
      });
      return proposal;
    });
  }
}
