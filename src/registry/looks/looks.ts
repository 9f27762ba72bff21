import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { addTo, civilDayOf, startOfDay } from '../../common';
import { StepUps } from '../../identity';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { MatchStore } from '../matching/match.store';
import { looksStopped } from '../registry.events';
import { type LookVerdict, lookVerdict } from './look-rules';
import { LooksStore } from './looks.store';

/** Where a member of staff stands, and whom she would be shown. */
export interface Look {
  facilityId: string;
  personIds: readonly string[];
}

/**
 * Keeps what one member of staff is shown of the registry in a day to what one pair of hands can need: a stolen session
 * does not read it (LESSONS L34). Only persons shown are counted, each once a day at each facility.
 */
@Injectable()
export class Looks {
  constructor(
    private readonly database: Database,
    private readonly store: LooksStore,
    private readonly matches: MatchStore,
    private readonly stepUps: StepUps,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Counts a look before anything is shown; a citizen's at her own people is not one. Throws STEP_UP_NEEDED above the
   * day's number, RATE_LIMITED until tomorrow above the number that a second factor gives; in both cases nothing is
   * counted, who must know is told, and the try is in the trail.
   */
  async count(ctx: Context, look: Look | null): Promise<void> {
    if (!look || look.personIds.length === 0 || ctx.actor.kind !== 'staff') return;
    const day = { staffId: ctx.actor.id!, day: civilDayOf(ctx.now(), ctx.tenant!.timeZone) };
    let verdict: LookVerdict = 'SHOWN';
    await this.database
      .writeEvenIfSuspended(ctx, async work => {
        const persons = await this.store.add(work, day, { ...look, at: ctx.now() });
        const { looks } = await this.matches.rules(work);
        verdict = lookVerdict(persons, await this.stepUps.has(work, ctx.actor), looks);
        if (verdict !== 'SHOWN') throw new NotShown();
      })
      .catch(error => {
        if (!(error instanceof NotShown)) throw error; // what was added is rolled back: it was not shown
      });
    if (verdict !== 'SHOWN') await this.refuse(ctx, look, day, verdict);
  }

  private async refuse(
    ctx: Context,
    look: Look,
    day: { staffId: string; day: string },
    verdict: LookVerdict,
  ) {
    await this.database.writeEvenIfSuspended(ctx, async work => {
      this.audit.record(ctx, work, {
        action: 'person.not-shown',
        resource: { type: 'staff', id: day.staffId },
        facilityId: look.facilityId,
        detail: { verdict, persons: look.personIds.length },
      });
      if (await this.store.stop(work, day, ctx.now())) this.tell(ctx, work, look.facilityId, day.staffId);
    });
    if (verdict === 'STEP_UP') throw new AppError('STEP_UP_NEEDED');
    const tomorrow = startOfDay(addTo(day.day, { months: 0, days: 1 }), ctx.tenant!.timeZone);
    const seconds = Math.max(1, Math.ceil((tomorrow.getTime() - ctx.now().getTime()) / 1000));
    throw new AppError('RATE_LIMITED', { seconds });
  }

  private tell(ctx: Context, work: UnitOfWork, facilityId: string, staffId: string): void {
    this.outbox.announce(ctx, work, looksStopped, staffId, { staffId, facilityId });
  }
}

/** Rolls back what was counted. */
class NotShown extends Error {}
