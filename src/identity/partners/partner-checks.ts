import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { isTrial, type PartnerCheck } from './partner-rules';
import { PartnersStore } from './partners.store';

/** What partners show in their sandbox is noted by whoever sees it happen. */
@Injectable()
export class PartnerChecks {
  constructor(private readonly store: PartnersStore) {}

  /** The caller has shown it; nothing when she is no partner in its sandbox. */
  async shown(ctx: Context, work: UnitOfWork, check: PartnerCheck): Promise<void> {
    if (isTrial(ctx.actor)) await this.store.addCheck(work, ctx.actor.id!, check, ctx.now());
  }

  /** As {@link shown}, of a partner that the service acts for. */
  async shownBy(ctx: Context, work: UnitOfWork, partnerId: string, check: PartnerCheck): Promise<void> {
    const partner = await this.store.partner(work, partnerId);
    if (partner?.state === 'SANDBOX') await this.store.addCheck(work, partnerId, check, ctx.now());
  }
}
