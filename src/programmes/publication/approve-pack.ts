import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { CountryPackPublication } from './publication.graphql';
import { CountryPackProposalClosed, type PublicationRefusal } from './publication.refusals';
import { type ProposalRow, PublicationsStore } from './publications.store';
import { PutOnRecord } from './put-on-record';
import { ReadPublications } from './read-publications';
import { Refuse } from './refuse';

/** The second person's yes: the pack is published for the day it was proposed for, and checked once more. */
@Injectable()
export class ApprovePack {
  constructor(
    private readonly database: Database,
    private readonly publications: PublicationsStore,
    private readonly record: PutOnRecord,
    private readonly reading: ReadPublications,
    private readonly refuse: Refuse,
  ) {}

  /** Throws NOT_FOUND. */
  async run(
    ctx: Context,
    input: { proposalId: string; note?: string },
  ): Promise<CountryPackPublication | PublicationRefusal> {
    may(ctx, 'pack.publish');
    const answer = await orRefusal<CountryPackPublication | PublicationRefusal, PublicationRefusal>(() =>
      this.database.write(ctx, work => this.approve(ctx, work, input)),
    );
    if (answer instanceof CountryPackPublication) await this.record.afterwards(ctx);
    return answer;
  }

  private async approve(
    ctx: Context,
    work: UnitOfWork,
    { proposalId, note = null }: { proposalId: string; note?: string | null },
  ): Promise<CountryPackPublication | PublicationRefusal> {
    const proposal = await this.publications.proposal(work, proposalId);
    if (!proposal) throw notFound();
    if (proposal.decision) return this.closed(ctx, work, proposal);
    const involved = proposal.proposedBy === null ? [] : [proposal.proposedBy];
    const published = await this.record.asSecondPerson(
      ctx,
      work,
      { ...proposal, note, proposalId },
      involved,
    );
    if (!('number' in published)) return published;
    if (!(await this.publications.decide(ctx, work, { proposalId, decision: 'APPROVED', note })))
      throw new Refused(await this.closed(ctx, work, (await this.publications.proposal(work, proposalId))!));
    return this.reading.publication(ctx, work, published);
  }

  private async closed(ctx: Context, work: UnitOfWork, row: ProposalRow): Promise<CountryPackProposalClosed> {
    const proposal = await this.reading.proposal(work, row);
    return this.refuse.with(ctx, CountryPackProposalClosed, { proposal });
  }
}
