import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { type EndingRow, TenantEndingsStore } from './tenant-endings.store';

/** How the ending of a country stands; the newest, if it was asked for more than once. */
@Injectable()
export class ReadEnding {
  constructor(
    private readonly database: Database,
    private readonly store: TenantEndingsStore,
  ) {}

  run(ctx: Context, { code }: { code: string }): Promise<EndingRow | null> {
    may(ctx, 'tenant.read', { accountId: code });
    return this.database.readPlatform(work => this.store.latest(work, code));
  }
}
