import { Injectable } from '@nestjs/common';
import { Post } from '../../delivery';
import { isAllowed } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Persons } from '../../registry';
import type { ReadCertificate } from '../read-certificates';
import type { CertificatePost } from './posting.graphql';
import { PostingStore } from './posting.store';

/** The ways of a certificate to its holder, for whoever was given the certificate to read. */
@Injectable()
export class ReadPosts {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly store: PostingStore,
    private readonly post: Post,
  ) {}

  /** In the order in which they were sent. */
  async of(ctx: Context, { id, personId }: ReadCertificate): Promise<CertificatePost[]> {
    const { rows, isHolder } = await this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      return {
        rows: await this.store.ofCertificate(work, personId, id),
        isHolder: person.accountIds.some(accountId => isAllowed(ctx, 'certificate.read-own', { accountId })),
      };
    });
    const posts = await Promise.all(
      rows.map(async ({ unitId, postedAt }) => {
        const way = await this.post.way(ctx, unitId);
        const handoverCode = isHolder ? await this.post.secretCode(ctx, unitId) : null;
        return way && { ...way, postedAt, handoverCode };
      }),
    );
    return posts.filter(post => post !== null);
  }
}
