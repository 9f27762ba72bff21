import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { CountryPackPublication } from './publication.graphql';
import { CountryPackPublicationClosed } from './publication.refusals';
import { PublicationsStore } from './publications.store';
import { ReadPublications } from './read-publications';
import { Refuse } from './refuse';

/** Cancels a publication before its day. One person is enough: it leaves in force what two people had wanted. */
@Injectable()
export class CancelPublication {
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
    { publicationId, reason }: { publicationId: string; reason: string },
  ): Promise<CountryPackPublication | CountryPackPublicationClosed> {
    may(ctx, 'pack.publish');
    return this.database.write(ctx, async work => {
      if (!(await this.publications.publication(work, publicationId))) throw notFound();
      const cancelled = await this.publications.cancel(ctx, work, publicationId, reason);
      const row = (await this.publications.publication(work, publicationId))!;
      const publication = await this.reading.publication(ctx, work, row);
      if (!cancelled) return this.refuse.with(ctx, CountryPackPublicationClosed, { publication });
      this.audit.record(ctx, work, {
        action: 'pack.cancel',
        resource: { type: 'country-pack', id: row.packId },
        detail: { publication: row.number },
      });
      return publication;
    });
  }
}
