import { Injectable } from '@nestjs/common';
import { civilDayOf } from '../../common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { ProgrammesStore } from '../programmes.store';
import { CountryPackProposal, CountryPackPublication } from './publication.graphql';
import { type ProposalRow, type PublicationRow, PublicationsStore } from './publications.store';

/** Proposals and publications as they are shown, each with its pack. */
@Injectable()
export class ReadPublications {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
  ) {}

  proposals(ctx: Context, openOnly: boolean): Promise<CountryPackProposal[]> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, async work => {
      const rows = await this.publications.proposals(work, openOnly);
      return inTurn(rows, row => this.proposal(work, row));
    });
  }

  all(ctx: Context): Promise<CountryPackPublication[]> {
    may(ctx, 'pack.read');
    return this.database.read(ctx, async work => {
      const rows = await this.publications.publications(work);
      return inTurn(rows, row => this.publication(ctx, work, row));
    });
  }

  async proposal(work: UnitOfWork, row: ProposalRow): Promise<CountryPackProposal> {
    const pack = (await this.store.pack(work, row.packId))!;
    return Object.assign(new CountryPackProposal(), { ...row, pack, state: row.decision ?? 'OPEN' });
  }

  async publication(ctx: Context, work: UnitOfWork, row: PublicationRow): Promise<CountryPackPublication> {
    const pack = (await this.store.pack(work, row.packId))!;
    const effectiveOn = civilDayOf(row.effectiveAt, ctx.tenant!.timeZone);
    return Object.assign(new CountryPackPublication(), { ...row, pack, effectiveOn });
  }
}

/** Statements on one connection run one after another. */
async function inTurn<Row, Shown>(
  rows: readonly Row[],
  show: (row: Row) => Promise<Shown>,
): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const row of rows) shown.push(await show(row));
  return shown;
}
