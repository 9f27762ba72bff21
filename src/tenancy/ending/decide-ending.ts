import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { EndingNeedsSecondPerson } from './tenant-ending.graphql';
import { type EndingRow, TenantEndingsStore } from './tenant-endings.store';

/** A second operator says whether a country is ended. The export for its ministry follows by itself. */
@Injectable()
export class DecideEnding {
  constructor(
    private readonly database: Database,
    private readonly store: TenantEndingsStore,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND; CONFLICT when it was decided otherwise or called off. The same decision once more changes
   * nothing.
   */
  run(
    ctx: Context,
    { endingId, approved }: { endingId: string; approved: boolean },
  ): Promise<EndingRow | EndingNeedsSecondPerson> {
    may(ctx, 'tenant.decide-ending');
    return this.database.writePlatform(async work => {
      const ending = await this.store.ending(work, endingId);
      if (!ending) throw notFound();
      if (ending.askedBy === ctx.actor.id) return this.secondPerson(ctx);
      const state = approved ? 'APPROVED' : 'DECLINED';
      if (await this.store.decide(ctx, work, endingId, state))
        this.audit.record(ctx, work, {
          action: 'tenant.decide-ending',
          resource: { type: 'tenant', id: ending.tenantCode },
          detail: { endingId, approved },
        });
      const decided = (await this.store.ending(work, endingId))!;
      if (decided.state !== state) throw new AppError('CONFLICT');
      return decided;
    });
  }

  private secondPerson(ctx: Context): EndingNeedsSecondPerson {
    const message = this.texts.say(ctx, 'tenancy.refusal.endingNeedsSecondPerson');
    return Object.assign(new EndingNeedsSecondPerson(), { message });
  }
}
