import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import type { Partner } from './partner.graphql';
import { MOST_KEYS, type PartnerKey, readPartnerKey } from './partner-keys';
import { type PartnerRow, PartnersStore } from './partners.store';
import { ShowPartner } from './show-partner';

/**
 * A partner changes its keys itself: it adds the next, signs with it, takes the old one away. Nobody in the country can do
 * so for a certified partner, or one person could act in its name.
 */
@Injectable()
export class RotatePartnerKey {
  constructor(
    private readonly database: Database,
    private readonly store: PartnersStore,
    private readonly audit: AuditTrail,
    private readonly showing: ShowPartner,
  ) {}

  /** Throws INVALID_INPUT for a key that is none, for one too many, and for a name that is taken. */
  async add(ctx: Context, publicKey: string): Promise<Partner> {
    const key = await readPartnerKey(publicKey, ctx.now());
    return this.changed(ctx, 'partner.add-key', key.kid, ({ keys }) => {
      const taken = keys.some(({ kid }) => kid === key.kid);
      if (taken || keys.length >= MOST_KEYS) throw invalid('publicKey', 'validation.partnerKeys');
      return [...keys, key];
    });
  }

  /** Throws NOT_FOUND for no such key, INVALID_INPUT for the last one. */
  remove(ctx: Context, kid: string): Promise<Partner> {
    return this.changed(ctx, 'partner.remove-key', kid, ({ keys }) => {
      const left = keys.filter(key => key.kid !== kid);
      if (left.length === keys.length) throw notFound();
      if (left.length === 0) throw invalid('kid', 'validation.partnerKeys');
      return left;
    });
  }

  private changed(
    ctx: Context,
    action: string,
    kid: string,
    change: (row: PartnerRow) => PartnerKey[],
  ): Promise<Partner> {
    const me = signedIn(ctx);
    return this.database.write(ctx, async work => {
      const row = await this.store.lock(work, me.id);
      if (!row) throw notFound();
      await this.store.save(work, { ...row, keys: change(row) });
      this.audit.record(ctx, work, { action, resource: { type: 'partner', id: me.id }, detail: { kid } });
      return this.showing.one(work, me.id);
    });
  }
}
