import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { TenantKeys } from '../tenancy';

/** What is known of a citizen's account: the phone she proved. */
@Injectable()
export class CitizenAccounts {
  constructor(
    private readonly database: Database,
    private readonly keys: TenantKeys,
  ) {}

  /** The phone (E.164) that the calling citizen proved; null for any other caller. In a unit of work of its own. */
  async phoneOf(ctx: Context): Promise<string | null> {
    if (ctx.actor.kind !== 'citizen' || !ctx.actor.id) return null;
    const row = ctx.actor.id;
    const [account] = await this.database.read(ctx, work =>
      work.query<{ phone_sealed: Buffer }>(`SELECT phone_sealed FROM citizen_account WHERE id = $1`, [row]),
    );
    const place = { table: 'citizen_account', column: 'phone_sealed', row };
    return account ? this.keys.open(ctx, place, account.phone_sealed) : null;
  }
}
