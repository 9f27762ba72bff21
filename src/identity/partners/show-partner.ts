import { Injectable } from '@nestjs/common';
import { may, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Partner } from './partner.graphql';
import { checksFor } from './partner-rules';
import { type PartnerRow, PartnersStore } from './partners.store';

/** Partners as the API shows them, with what they have shown and must still show. */
@Injectable()
export class ShowPartner {
  constructor(
    private readonly database: Database,
    private readonly store: PartnersStore,
  ) {}

  all(ctx: Context): Promise<Partner[]> {
    may(ctx, 'partner.read');
    return this.database.read(ctx, async work => this.shown(work, await this.store.all(work)));
  }

  /** The caller's own. */
  own(ctx: Context): Promise<Partner> {
    const { id } = signedIn(ctx);
    return this.database.read(ctx, work => this.one(work, id));
  }

  /** Throws NOT_FOUND. */
  async one(work: UnitOfWork, id: string): Promise<Partner> {
    const row = await this.store.partner(work, id);
    if (!row) throw notFound();
    return (await this.shown(work, [row]))[0]!;
  }

  private async shown(work: UnitOfWork, rows: readonly PartnerRow[]): Promise<Partner[]> {
    const checks = await this.store.checks(
      work,
      rows.map(({ id }) => id),
    );
    return rows.map(row => {
      const passed = checks.filter(({ partnerId }) => partnerId === row.id).map(({ name }) => name);
      return Object.assign(new Partner(), {
        ...row,
        keys: row.keys.map(({ kid, alg, addedAt }) => ({ kid, alg, addedAt: new Date(addedAt) })),
        passed,
        missing: checksFor(row.scopes).filter(name => !passed.includes(name)),
      });
    });
  }
}
