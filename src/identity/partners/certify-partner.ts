import { Injectable } from '@nestjs/common';
import { may, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { KeepPartner } from './keep-partner';
import { type Partner, PartnerNeedsSecondPerson, PartnerNotReady } from './partner.graphql';
import { checksFor, type PartnerCheck } from './partner-rules';
import { PartnersStore } from './partners.store';

/** A second person lets a partner work for real, when it has shown in its sandbox that it can. */
@Injectable()
export class CertifyPartner {
  constructor(
    private readonly database: Database,
    private readonly store: PartnersStore,
    private readonly keep: KeepPartner,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND. */
  run(ctx: Context, id: string): Promise<Partner | PartnerNotReady | PartnerNeedsSecondPerson> {
    may(ctx, 'partner.certify');
    const me = signedIn(ctx).id;
    return this.database.write(ctx, async work => {
      const row = await this.store.lock(work, id);
      if (!row) throw notFound();
      if (row.changedBy === me) return this.secondPerson(ctx);
      const passed = (await this.store.checks(work, [id])).map(({ name }) => name);
      const missing = checksFor(row.scopes).filter(name => !passed.includes(name));
      if (missing.length > 0 || row.state !== 'SANDBOX') return this.notReady(ctx, missing);
      const certified = { state: 'PRODUCTION' as const, certifiedBy: me, certifiedAt: ctx.now() };
      return this.keep.in(ctx, work, { ...row, ...certified }, 'partner.certify');
    });
  }

  private secondPerson(ctx: Context): PartnerNeedsSecondPerson {
    const message = this.texts.say(ctx, 'identity.partnerSecondPerson');
    return Object.assign(new PartnerNeedsSecondPerson(), { message });
  }

  private notReady(ctx: Context, missing: PartnerCheck[]): PartnerNotReady {
    return Object.assign(new PartnerNotReady(), {
      message: this.texts.say(ctx, 'identity.partnerNotReady', { count: missing.length }),
      missing,
    });
  }
}
