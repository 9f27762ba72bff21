import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import type { TrustList } from './trust-list.graphql';
import { TrustListsStore } from './trust-lists.store';

/** Whom a country believes besides itself. */
@Injectable()
export class ReadTrustLists {
  constructor(
    private readonly database: Database,
    private readonly store: TrustListsStore,
  ) {}

  async run(ctx: Context): Promise<TrustList[]> {
    may(ctx, 'certificate.trust');
    return this.database.read(ctx, work => this.store.newest(work));
  }
}
