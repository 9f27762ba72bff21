import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isBeyond, type Sample } from '../../codecs/temperature-loggers';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { excursionGrew, excursionOpened } from '../cold-chain.events';
import type { DeviceAlarm } from '../loggers/logger-file-rules';
import type { LoggerRow } from '../loggers/loggers.store';
import { ReadingsStore } from '../loggers/readings.store';
import {
  alarmsIn,
  type Bearing,
  bearingsOn,
  type BearRule,
  covers,
  matters,
  measure,
  meets,
  ONE_MATTER_MINUTES,
  paceOf,
  type Stretch,
  union,
  wider,
} from './alarm-rules';
import { Bearings } from './bearings';
import { type ExcursionRow, type ExcursionSide, ExcursionsStore } from './excursions.store';
import { ExposeStock } from './expose-stock';

/** A stretch of time at risk, by readings or by a device's own word. */
interface Risk extends Stretch {
  limit: { celsius: number; orAt: boolean; minutes: number };
  /** What the device says of it; null: measured by its readings. */
  said: { minutes: number; furthest: number | null } | null;
}

/** What is at risk beside a logger, on which side, and who says so. */
interface Watch {
  logger: LoggerRow;
  bearing: Bearing;
  side: ExcursionSide;
  judgedBy: ExcursionRow['judgedBy'];
}

/** Risks and excursions that are one matter. */
interface Matter extends Stretch {
  risks: Risk[];
  /** The first that was opened before those that turn out to be parts of it. */
  excursions: ExcursionRow[];
}

const SIDES: readonly ExcursionSide[] = ['low', 'high'];

/**
 * What new readings of a logger mean for what is kept beside it. An alarm opens an excursion, or lets one grow that is less
 * than a day away and that nobody has decided on. An excursion never closes by itself: what it says is told anew when late
 * readings come, and a person ends it. Whoever calls holds the lock of the logger.
 */
@Injectable()
export class JudgeReadings {
  constructor(
    private readonly bearings: Bearings,
    private readonly store: ExcursionsStore,
    private readonly readings: ReadingsStore,
    private readonly expose: ExposeStock,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Judges readings that were stored just now; ids of the excursions that it opened. */
  async readingsOf(
    ctx: Context,
    work: UnitOfWork,
    logger: LoggerRow,
    fresh: readonly Sample[],
  ): Promise<string[]> {
    const whole = stretchOf(fresh);
    const bearings = await this.keptWith(ctx, logger);
    const rules = bearings.flatMap(bearing => bearing.rules);
    if (!whole || rules.length === 0) return [];
    const { interval, slack } = paceOf(logger.intervalMinutes);
    const near = wider(whole, interval + slack);
    const told = stretchOf(
      fresh.filter(({ celsius }) => celsius !== null && rules.some(rule => isBeyond(rule, celsius))),
    );
    if (!told && (await this.store.meeting(work, logger, instantsOf(near))).length === 0) return [];
    const samples = told ? await this.samplesOf(work, logger, told, rules) : [];
    const opened: string[] = [];
    for (const side of SIDES)
      for (const bearing of bearingsOn(side, bearings)) {
        const risks = alarmsIn(samples, { interval, slack }, bearing.rules)
          .filter(alarm => meets(alarm, near))
          .map(({ from, to, rule }) => ({ from, to, limit: rule, said: null }));
        const watch: Watch = { logger, bearing, side, judgedBy: 'READINGS' };
        opened.push(...(await this.settle(ctx, work, watch, risks, near)));
      }
    return opened;
  }

  /** Judges alarms that a device raised by itself, of days without readings; ids of the excursions that it opened. */
  async alarmsOf(
    ctx: Context,
    work: UnitOfWork,
    logger: LoggerRow,
    alarms: readonly DeviceAlarm[],
  ): Promise<string[]> {
    const opened: string[] = [];
    const bearings = await this.keptWith(ctx, logger);
    for (const side of SIDES)
      // A class that bears any cold, say, is at no risk by an alarm of the cold.
      for (const bearing of bearingsOn(side, bearings)) {
        const risks = alarms
          .filter(alarm => alarm.side === side)
          .map(({ from, to, celsius, orAt, limit, minutes, furthest }) => ({
            from,
            to,
            limit: { celsius, orAt, minutes: limit },
            said: { minutes, furthest },
          }));
        const watch: Watch = { logger, bearing, side, judgedBy: 'DEVICE' };
        opened.push(...(await this.settle(ctx, work, watch, risks, null)));
      }
    return opened;
  }

  private async keptWith(ctx: Context, { temperature }: LoggerRow): Promise<Bearing[]> {
    const bearings = await this.bearings.of(ctx);
    return bearings.filter(({ keptAt, productCodes }) => keptAt === temperature && productCodes.length > 0);
  }

  /** All that a rule may count together with what was told. */
  private samplesOf(
    work: UnitOfWork,
    logger: LoggerRow,
    told: Stretch,
    rules: readonly BearRule[],
  ): Promise<Sample[]> {
    const days = Math.max(...rules.map(({ withinDays }) => withinDays ?? 0));
    return this.readings.around(work, logger, instantsOf(wider(told, days * 1440)), innermost(rules));
  }

  /** Opens excursions for risks that are in none, and tells those anew that nobody has decided on. */
  private async settle(
    ctx: Context,
    work: UnitOfWork,
    watch: Watch,
    risks: readonly Risk[],
    near: Stretch | null,
  ): Promise<string[]> {
    const asked = near ? [near, ...risks] : risks;
    if (asked.length === 0) return [];
    const around = wider(asked.reduce<Stretch>(union, asked[0]!), ONE_MATTER_MINUTES);
    const known = (await this.store.meeting(work, watch.logger, instantsOf(around))).filter(
      one =>
        one.storageClass === watch.bearing.code &&
        one.side === watch.side &&
        one.judgedBy === watch.judgedBy &&
        !one.partOf,
    );
    const decided = known.filter(one => one.decidedAt).map(one => wider(stretchIn(one), A_MOMENT));
    const open = risks.filter(risk => !decided.some(one => covers(one, risk)));
    const undecided = known.filter(one => !one.decidedAt);
    const opened: string[] = [];
    for (const matter of mattersOf(open, undecided)) {
      const isTouched = matter.risks.length > 0 || (near !== null && meets(matter, near));
      const id = isTouched ? await this.tell(ctx, work, watch, matter) : null;
      if (id) opened.push(id);
    }
    return opened;
  }

  /** Opens an excursion for a matter, and gives its id; or tells the one that there is anew. */
  private async tell(ctx: Context, work: UnitOfWork, watch: Watch, matter: Matter): Promise<string | null> {
    const [whole, ...parts] = matter.excursions;
    const what = await this.whatOf(work, watch, matter);
    if (!whole) return this.open(ctx, work, watch, matter, what);
    for (const part of parts) await this.expose.join(ctx, work, part, whole);
    if (parts.length === 0 && isSame(whole, what)) return null;
    const reporters = [...reporterOf(ctx), ...parts.flatMap(({ reportedBy }) => reportedBy)];
    const told = await this.store.grow(work, whole, what, reporters);
    await this.expose.run(ctx, work, told, watch.bearing.productCodes);
    const fact = { facilityId: told.facilityId, excursionId: told.id };
    this.outbox.announce(ctx, work, excursionGrew, told.id, fact);
    return null;
  }

  private async open(
    ctx: Context,
    work: UnitOfWork,
    { logger, bearing, side, judgedBy }: Watch,
    { risks }: Matter,
    what: What,
  ): Promise<string> {
    const { facilityId } = logger;
    const { limit } = risks[0]!;
    const excursion = (await this.store.open(ctx, work, {
      facilityId,
      originFacilityId: null,
      originId: null,
      loggerId: logger.id,
      storageClass: bearing.code,
      side,
      limitCelsius: limit.celsius,
      atLimit: limit.orAt,
      limitMinutes: limit.minutes,
      judgedBy,
      ...what,
      reportedBy: reporterOf(ctx),
    }))!;
    this.audit.record(ctx, work, {
      action: 'excursion.open',
      resource: { type: 'excursion', id: excursion.id },
      facilityId,
      detail: { side, storageClass: bearing.code, minutes: what.minutes },
    });
    const fact = { facilityId, excursionId: excursion.id };
    this.outbox.announce(ctx, work, excursionOpened, excursion.id, fact);
    await this.expose.run(ctx, work, excursion, bearing.productCodes);
    return excursion.id;
  }

  /** What is to be said of a matter: measured by all readings of its time, or as the device says. */
  private async whatOf(
    work: UnitOfWork,
    { logger, side, judgedBy }: Watch,
    { from, to, risks, excursions }: Matter,
  ): Promise<What> {
    const { from: fromAt, to: toAt } = instantsOf({ from, to });
    if (judgedBy === 'DEVICE') {
      const said = risks.flatMap(risk => risk.said ?? []);
      const before = Math.max(0, ...excursions.map(({ minutes }) => minutes));
      const minutes = said.reduce((sum, one) => sum + one.minutes, 0);
      const furthest = furthestOf(side, [...excursions, ...said]);
      return { fromAt, toAt, minutes: Math.max(before, minutes), furthest };
    }
    const [whole] = excursions;
    const limit = whole
      ? { side, celsius: whole.limitCelsius, orAt: whole.atLimit }
      : { side, ...risks[0]!.limit };
    const pace = paceOf(logger.intervalMinutes);
    const rows = await this.readings.between(work, logger, {
      ...instantsOf(wider({ from, to }, pace.interval + pace.slack)),
      limit: null,
    });
    const samples = rows.map(({ at, celsius }) => ({ minute: minuteOf(at), celsius }));
    return { fromAt, toAt, ...measure(samples, pace, limit, { from, to }) };
  }
}

type What = Pick<ExcursionRow, 'fromAt' | 'toAt' | 'minutes' | 'furthest'>;

/** Instants are kept to the millisecond. Minutes. */
const A_MOMENT = 0.001;

const reporterOf = (ctx: Context): string[] => (ctx.actor.id ? [ctx.actor.id] : []);

function mattersOf(risks: readonly Risk[], undecided: readonly ExcursionRow[]): Matter[] {
  const items = [
    ...risks.map(risk => ({ from: risk.from, to: risk.to, risk, excursion: null })),
    ...undecided.map(excursion => ({ ...stretchIn(excursion), risk: null, excursion })),
  ];
  return matters(items).map(group => ({
    ...group.map(({ from, to }) => ({ from, to })).reduce(union),
    risks: group.flatMap(({ risk }) => risk ?? []),
    excursions: group
      .flatMap(({ excursion }) => excursion ?? [])
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  }));
}

const isSame = (said: ExcursionRow, now: What): boolean =>
  said.fromAt.getTime() === now.fromAt.getTime() &&
  said.toAt.getTime() === now.toAt.getTime() &&
  said.minutes === now.minutes &&
  said.furthest === now.furthest;

function furthestOf(side: ExcursionSide, of: readonly { furthest: number | null }[]): number | null {
  const values = of.flatMap(({ furthest }) => furthest ?? []);
  if (values.length === 0) return null;
  return side === 'low' ? Math.min(...values) : Math.max(...values);
}

const stretchOf = (samples: readonly Sample[]): Stretch | null =>
  samples.reduce<Stretch | null>(
    (stretch, { minute }) => union(stretch ?? { from: minute, to: minute }, { from: minute, to: minute }),
    null,
  );

const minuteOf = (at: Date): number => at.getTime() / 60_000;

const stretchIn = ({ fromAt, toAt }: Pick<ExcursionRow, 'fromAt' | 'toAt'>): Stretch => ({
  from: minuteOf(fromAt),
  to: minuteOf(toAt),
});

/** To the millisecond. */
const instantsOf = ({ from, to }: Stretch): { from: Date; to: Date } => ({
  from: new Date(Math.round(from * 60_000)),
  to: new Date(Math.round(to * 60_000)),
});

/** Between which temperatures nothing is beyond any of these rules. */
function innermost(rules: readonly BearRule[]): { above: number | null; below: number | null } {
  const limits = (side: ExcursionSide) =>
    rules.filter(rule => rule.side === side).map(({ celsius }) => celsius);
  const [low, high] = [limits('low'), limits('high')];
  return {
    above: low.length > 0 ? Math.max(...low) : null,
    below: high.length > 0 ? Math.min(...high) : null,
  };
}
