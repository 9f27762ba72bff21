import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { runCancelled } from '../delivery.events';
import { placeOf } from './hub-rules';
import { type CancelledRun, NetworkStore } from './network.store';
import { departsOn } from './week-rules';

export interface CancelRunInput {
  fromHubId: string;
  legId: string;
  day: CivilDate;
  reason: string;
}

/** A departure does not run on one day: routes go another way from the commit on. To cancel it again changes nothing. */
@Injectable()
export class CancelRun {
  constructor(
    private readonly database: Database,
    private readonly store: NetworkStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such hub or leg, INVALID_INPUT for a day on which it does not depart. */
  run(ctx: Context, { reason, ...run }: CancelRunInput): Promise<CancelledRun> {
    mayAnywhere(ctx, 'network.change');
    return this.database.write(ctx, async work => {
      const hub = await this.store.hub(work, run.fromHubId);
      const leg = await this.store.leg(work, run.fromHubId, run.legId);
      if (!hub || !leg) throw notFound();
      may(ctx, 'network.change', placeOf(hub));
      if (!departsOn(leg.departs, run.day)) throw invalid('day', 'delivery.invalid.notThatDay');
      await this.store.lock(work, ctx.now());
      if (!(await this.store.cancelRun(ctx, work, run, reason))) return run;
      await this.store.raiseVersion(work, ctx.now());
      this.audit.record(ctx, work, {
        action: 'network.cancel-run',
        resource: { type: 'leg', id: run.legId },
        detail: { day: run.day },
      });
      this.outbox.announce(ctx, work, runCancelled, run.legId, run);
      return run;
    });
  }
}
