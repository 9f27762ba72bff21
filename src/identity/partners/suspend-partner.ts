import { Injectable } from '@nestjs/common';
import { may, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { KeepPartner } from './keep-partner';
import type { Partner } from './partner.graphql';
import { PartnersStore } from './partners.store';

/** Cuts a partner off at once. One person is enough for that; to let it back takes two, by way of the sandbox. */
@Injectable()
export class SuspendPartner {
  constructor(
    private readonly database: Database,
    private readonly store: PartnersStore,
    private readonly keep: KeepPartner,
  ) {}

  /** Throws NOT_FOUND. */
  suspend(ctx: Context, { id, reason }: { id: string; reason: string }): Promise<Partner> {
    may(ctx, 'partner.suspend');
    return this.database.write(ctx, async work => {
      const row = await this.store.lock(work, id);
      if (!row) throw notFound();
      return this.keep.in(ctx, work, { ...row, state: 'SUSPENDED', reason }, 'partner.suspend');
    });
  }

  /** Throws NOT_FOUND, STATE_FORBIDS for a partner that is not suspended. */
  resume(ctx: Context, id: string): Promise<Partner> {
    may(ctx, 'partner.register');
    return this.database.write(ctx, async work => {
      const row = await this.store.lock(work, id);
      if (!row) throw notFound();
      if (row.state !== 'SUSPENDED') throw new AppError('STATE_FORBIDS', { state: row.state });
      await this.store.forgetChecks(work, id);
      const back = { state: 'SANDBOX' as const, reason: null, certifiedBy: null, certifiedAt: null };
      const resumed = { ...row, ...back, changedBy: signedIn(ctx).id };
      return this.keep.in(ctx, work, resumed, 'partner.resume');
    });
  }
}
