import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { addTo, civilDayOf, isId, startOfDay } from '../../common';
import { StepUps } from '../../identity';
import { type Permission, reachesOf } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Coalescer, Database, type Outcome, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { MatchStore } from '../matching/match.store';
import { isNight, type PrivacyRules } from '../privacy/privacy-rules';
import { PrivacyRulesStore } from '../privacy/privacy-rules.store';
import { looksStopped, looksUnusual } from '../registry.events';
import { BreakGlassStore } from './break-glass.store';
import type { Look, LookMark } from './look';
import { alertsOf, type LookDayCounts } from './look-alert-rules';
import { type LookVerdict, lookVerdict } from './look-rules';
import { type LookDay, LooksStore } from './looks.store';
import { SeenToday } from './seen-today';

/** What becomes of a look. */
interface Weighed {
  verdict: LookVerdict;
  mark: LookMark;
}

/** A look that is to be counted. */
interface LookCall {
  ctx: Context;
  day: LookDay;
  look: Look;
}

/** Where somebody stands who opens a record by its id and does not say where: her own facility, or nowhere. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

/**
 * Keeps what one member of staff is shown of the registry in a day to what one pair of hands can need: a stolen session
 * does not read it (LESSONS L34). Only persons shown are counted, each once a day at each facility.
 */
@Injectable()
export class Looks {
  private readonly seen = new SeenToday();
  private readonly together = new Coalescer<LookCall, Weighed>({
    run: calls => this.weighAll(calls),
    keysOf: () => [],
    neverStill: () => new AppError('CONFLICT'),
  });

  constructor(
    private readonly database: Database,
    private readonly store: LooksStore,
    private readonly glasses: BreakGlassStore,
    private readonly matches: MatchStore,
    private readonly privacy: PrivacyRulesStore,
    private readonly stepUps: StepUps,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Counts a look before anything is shown; a citizen's at her own people is not one. Throws STEP_UP_NEEDED above the
   * day's number, RATE_LIMITED until tomorrow above the number that a second factor gives; in both cases nothing is
   * counted, who must know is told, and the try is in the trail. Whoever has broken the glass goes on, and the answer
   * says under which.
   */
  async count(ctx: Context, look: Look | null): Promise<LookMark> {
    if (!look || look.personIds.length === 0 || ctx.actor.kind !== 'staff') return {};
    const day = dayOf(ctx);
    const known = this.seen.markOf(ctx.tenant!.code, day, look);
    if (known) return known;
    const { verdict, mark } = await this.together.submit(momentOf(ctx, look), { ctx, day, look });
    if (verdict !== 'SHOWN') return this.refuse(ctx, look, day, verdict);
    this.seen.add(ctx.tenant!.code, day, look, mark);
    return mark;
  }

  /**
   * {@link count} for what staff read of people by their ids, wherever they work: doses, forecasts, certificates. Whoever
   * holds none of these permissions is not counted: her verb refuses her.
   */
  async known(
    ctx: Context,
    permissions: readonly Permission[],
    personIds: readonly string[],
  ): Promise<LookMark> {
    if (!permissions.some(permission => reachesOf(ctx, permission).length > 0)) return {};
    const at = ctx.actor.grants.flatMap(({ reach }) => (reach.kind === 'facility' ? reach.id : []));
    return this.count(ctx, { facilityId: at[0] ?? NOWHERE, personIds: personIds.filter(isId) });
  }

  /** Throws RATE_LIMITED until tomorrow for whoever has searched for nobody as often as a day allows. */
  async maySearch(ctx: Context, work: UnitOfWork): Promise<void> {
    if (ctx.actor.kind !== 'staff') return;
    const { missesADay } = await this.privacy.rules(work);
    if ((await this.store.misses(work, dayOf(ctx))) >= missesADay) throw untilTomorrow(ctx);
  }

  /** A search met nobody: which pairs of facts fit nobody is worth knowing, too. */
  async missed(ctx: Context, facilityId: string): Promise<void> {
    const day = dayOf(ctx);
    await this.database.writeEvenIfSuspended(ctx, async work => {
      const counts = await this.store.miss(work, day, facilityId);
      await this.alert(ctx, work, day, facilityId, counts, await this.privacy.rules(work));
    });
  }

  /**
   * Looks of one moment, by one sign-in at one facility: counted together, so that none waits for the other's lock of the
   * day. When all of them are too many, nothing of it is kept and each is counted by itself.
   */
  private async weighAll(calls: readonly LookCall[]): Promise<Outcome<Weighed>[]> {
    const { ctx, day, look } = calls[0]!;
    const all = { facilityId: look.facilityId, personIds: calls.flatMap(call => call.look.personIds) };
    let outcome: Weighed = { verdict: 'SHOWN', mark: {} };
    await this.database
      .writeEvenIfSuspended(ctx, async work => {
        outcome = await this.weigh(ctx, work, day, all);
        if (outcome.verdict !== 'SHOWN') throw new NotShown();
      })
      .catch(error => {
        if (!(error instanceof NotShown)) throw error; // what was added is rolled back: it was not shown
      });
    const tooMany = calls.length > 1 && outcome.verdict !== 'SHOWN';
    return calls.map(() => (tooMany ? { again: true } : { answer: outcome }));
  }

  /** What must be read is read before the row of the day is locked. */
  private async weigh(ctx: Context, work: UnitOfWork, day: LookDay, look: Look): Promise<Weighed> {
    const [privacy, { looks }, glass, steppedUp] = await Promise.all([
      this.privacy.rules(work),
      this.matches.rules(work),
      this.glasses.openOf(work, day.staffId, ctx.now()),
      this.stepUps.has(work, ctx.actor),
    ]);
    const night = isNight(hourOf(ctx), privacy.alerts);
    const row = await this.store.add(work, day, { ...look, at: ctx.now(), night });
    await this.alert(ctx, work, day, look.facilityId, row, privacy);
    if (glass && (await this.glasses.use(work, glass, row.fresh, privacy.breakGlass.persons)))
      return { verdict: 'SHOWN', mark: { breakGlass: glass.id } };
    return { verdict: lookVerdict(row.persons, steppedUp, looks), mark: {} };
  }

  private async alert(
    ctx: Context,
    work: UnitOfWork,
    day: LookDay,
    facilityId: string,
    counts: LookDayCounts,
    { alerts: rules }: PrivacyRules,
  ): Promise<void> {
    const alerts = alertsOf(counts, rules);
    if (alerts.length === 0) return;
    for (const alert of await this.store.firstTold(work, day, alerts))
      this.outbox.announce(ctx, work, looksUnusual, day.staffId, { staffId: day.staffId, facilityId, alert });
  }

  private async refuse(
    ctx: Context,
    look: Look,
    day: LookDay,
    verdict: Exclude<LookVerdict, 'SHOWN'>,
  ): Promise<never> {
    await this.database.writeEvenIfSuspended(ctx, async work => {
      this.audit.record(ctx, work, {
        action: 'person.not-shown',
        resource: { type: 'staff', id: day.staffId },
        facilityId: look.facilityId,
        detail: { verdict, persons: look.personIds.length },
      });
      if (await this.store.stop(work, day, ctx.now())) this.tell(ctx, work, look.facilityId, day.staffId);
    });
    throw verdict === 'STEP_UP' ? new AppError('STEP_UP_NEEDED') : untilTomorrow(ctx);
  }

  private tell(ctx: Context, work: UnitOfWork, facilityId: string, staffId: string): void {
    this.outbox.announce(ctx, work, looksStopped, staffId, { staffId, facilityId });
  }
}

/** Rolls back what was counted. */
class NotShown extends Error {}

/** What looks must share to be counted together: what a verdict hangs on besides the number. */
const momentOf = (ctx: Context, { facilityId }: Look): string => {
  const { staffId, day } = dayOf(ctx);
  return [ctx.tenant!.code, day, staffId, facilityId, ctx.actor.signIn?.id ?? ''].join(' ');
};

const dayOf = (ctx: Context): LookDay => ({
  staffId: ctx.actor.id!,
  day: civilDayOf(ctx.now(), ctx.tenant!.timeZone),
});

function untilTomorrow(ctx: Context): AppError {
  const { timeZone } = ctx.tenant!;
  const tomorrow = startOfDay(addTo(civilDayOf(ctx.now(), timeZone), { months: 0, days: 1 }), timeZone);
  const seconds = Math.max(1, Math.ceil((tomorrow.getTime() - ctx.now().getTime()) / 1000));
  return new AppError('RATE_LIMITED', { seconds });
}

/** The hour of the country's day, 0 to 23. */
function hourOf(ctx: Context): number {
  const start = startOfDay(civilDayOf(ctx.now(), ctx.tenant!.timeZone), ctx.tenant!.timeZone);
  return Math.floor((ctx.now().getTime() - start.getTime()) / 3_600_000) % 24;
}
