import { Injectable } from '@nestjs/common';
import { may, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { KeepPartner } from './keep-partner';
import type { Partner } from './partner.graphql';
import { readPartnerKey } from './partner-keys';
import type { PartnerKind, PartnerScope } from './partner-rules';
import { type PartnerRow, PartnersStore } from './partners.store';
import { ShowPartner } from './show-partner';

/** Who a partner is and what it may do. */
export interface PartnerInput {
  name: string;
  kind: PartnerKind;
  purpose: string;
  contact: string;
  scopes: PartnerScope[];
  requestsPerMinute: number;
  publicKey: string;
}

/** A partner is agreed with, and begins in its sandbox; so does one that is changed, its key included. */
@Injectable()
export class RegisterPartner {
  constructor(
    private readonly database: Database,
    private readonly store: PartnersStore,
    private readonly keep: KeepPartner,
    private readonly showing: ShowPartner,
  ) {}

  /** Throws INVALID_INPUT for a key that is none, or private. */
  async register(ctx: Context, input: PartnerInput & { idempotencyKey: string }): Promise<Partner> {
    may(ctx, 'partner.register');
    const row = { ...(await this.inSandbox(ctx, input)), id: ctx.newId(), registeredAt: ctx.now() };
    return this.database.write(ctx, async work => {
      const made = await once(ctx, work, input.idempotencyKey, input, async () => {
        await this.keep.in(ctx, work, row, 'partner.register');
        return row.id;
      });
      return this.showing.one(work, made!.id);
    });
  }

  /** Whoever is certified as one thing must not become another by one person's hand. Throws NOT_FOUND, INVALID_INPUT. */
  async change(ctx: Context, input: PartnerInput & { id: string }): Promise<Partner> {
    may(ctx, 'partner.register');
    const next = await this.inSandbox(ctx, input);
    return this.database.write(ctx, async work => {
      const row = await this.store.lock(work, input.id);
      if (!row) throw notFound();
      await this.store.forgetChecks(work, row.id);
      return this.keep.in(ctx, work, { ...row, ...next }, 'partner.change');
    });
  }

  private async inSandbox(
    ctx: Context,
    input: PartnerInput,
  ): Promise<Omit<PartnerRow, 'id' | 'registeredAt'>> {
    const { name, kind, purpose, contact, scopes, requestsPerMinute } = input;
    return {
      name,
      kind,
      purpose,
      contact,
      scopes,
      requestsPerMinute,
      state: 'SANDBOX',
      keys: [await readPartnerKey(input.publicKey, ctx.now())],
      changedBy: signedIn(ctx).id,
      certifiedBy: null,
      certifiedAt: null,
      reason: null,
    };
  }
}
