import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isBeyond, type Pace, type Sample } from '../../codecs/temperature-loggers';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { excursionOpened } from '../cold-chain.events';
import type { DeviceAlarm } from '../loggers/logger-file-rules';
import type { LoggerRow } from '../loggers/loggers.store';
import { ReadingsStore } from '../loggers/readings.store';
import {
  type Alarm,
  alarmsIn,
  type Bearing,
  type BearRule,
  covers,
  measure,
  meets,
  paceOf,
  type Stretch,
} from './alarm-rules';
import { Bearings } from './bearings';
import { type ExcursionRow, type ExcursionSide, ExcursionsStore } from './excursions.store';
import { ExposeStock } from './expose-stock';

/** A stretch of time at risk, of whichever origin. */
type Risk = Stretch &
  Pick<ExcursionRow, 'limitCelsius' | 'atLimit' | 'limitMinutes' | 'judgedBy' | 'minutes' | 'furthest'>;

const SIDES: readonly ExcursionSide[] = ['low', 'high'];

/**
 * What new readings of a logger mean for what is kept beside it. An alarm opens an excursion, or lets one grow that it
 * meets and that nobody has decided on. An excursion never closes by itself: what it says is told anew when late readings
 * come, and a person ends it. Whoever calls holds the lock of the logger.
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
    const bearings = await this.keptWith(ctx, logger);
    const rules = bearings.flatMap(bearing => bearing.rules);
    const pace = paceOf(logger.intervalMinutes);
    const whole = stretchOf(fresh.map(({ minute }) => minute));
    if (!whole || rules.length === 0) return [];
    const near = wider(whole, pace.interval + pace.slack);
    const known = await this.store.meeting(work, logger, instantsOf(near));
    const telling = fresh.filter(
      ({ minute, celsius }) =>
        known.some(
          one => !one.decidedAt && meets(wider(stretchIn(one), pace.interval), { from: minute, to: minute }),
        ) ||
        (celsius !== null && rules.some(rule => isBeyond(rule, celsius))),
    );
    const told = stretchOf(telling.map(({ minute }) => minute));
    if (!told) return [];
    const days = Math.max(0, ...rules.map(({ withinDays }) => withinDays ?? 0));
    const undecided = known.filter(one => !one.decidedAt).map(stretchIn);
    const asked = [told, ...undecided].reduce(union);
    const samples = await this.readings.around(
      work,
      logger,
      instantsOf(wider(asked, days * 1440)),
      innermost(rules),
    );
    const opened: string[] = [];
    for (const bearing of bearings)
      for (const side of SIDES) {
        const alarms = alarmsIn(
          samples,
          pace,
          bearing.rules.filter(rule => rule.side === side),
        ).filter(alarm => meets(alarm, near));
        const risks = alarms.map(alarm => riskOf(alarm, measure(samples, pace, alarm.rule, alarm)));
        opened.push(...(await this.settle(ctx, work, { logger, bearing, side, risks }, samples)));
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
    for (const bearing of await this.keptWith(ctx, logger))
      for (const side of SIDES) {
        // A class that bears any cold, say, is at no risk by an alarm of the cold.
        if (!bearing.rules.some(rule => rule.side === side)) continue;
        const risks = alarms
          .filter(alarm => alarm.side === side)
          .map(alarm => ({
            ...alarm,
            limitCelsius: alarm.celsius,
            atLimit: alarm.orAt,
            limitMinutes: alarm.limit,
            judgedBy: 'DEVICE' as const,
          }));
        opened.push(...(await this.settle(ctx, work, { logger, bearing, side, risks }, null)));
      }
    return opened;
  }

  private async keptWith(ctx: Context, { temperature }: LoggerRow): Promise<Bearing[]> {
    const bearings = await this.bearings.of(ctx);
    return bearings.filter(({ keptAt, productCodes }) => keptAt === temperature && productCodes.length > 0);
  }

  /** Opens excursions for risks that are in none, and tells those anew that nobody has decided on. */
  private async settle(
    ctx: Context,
    work: UnitOfWork,
    found: { logger: LoggerRow; bearing: Bearing; side: ExcursionSide; risks: readonly Risk[] },
    samples: readonly Sample[] | null,
  ): Promise<string[]> {
    const { logger, bearing, side, risks } = found;
    const pace = paceOf(logger.intervalMinutes);
    const around = samples ? stretchOf(samples.map(({ minute }) => minute)) : null;
    const asked = [...risks, ...(around ? [around] : [])];
    if (asked.length === 0) return [];
    const meeting = await this.store.meeting(
      work,
      logger,
      instantsOf(asked.reduce<Stretch>(union, asked[0]!)),
    );
    const known = meeting.filter(one => one.storageClass === bearing.code && one.side === side);
    const undecided = known.filter(one => !one.decidedAt);
    const fresh = risks.filter(
      risk =>
        !undecided.some(one => meets(stretchIn(one), risk)) &&
        !known.some(one => one.decidedAt && !one.partOf && covers(wider(stretchIn(one), 0.001), risk)),
    );
    const opened: string[] = [];
    for (const risk of apart(fresh)) opened.push(await this.open(ctx, work, found, risk));
    for (const { excursion, parts } of joined(undecided, risks)) {
      for (const part of parts) await this.expose.join(ctx, work, part, excursion);
      // One that reaches beyond what was read again is told by what was found of it, not measured anew.
      const isWhole = around && covers(wider(around, pace.interval + pace.slack), stretchIn(excursion));
      const grown = tellAnew({ excursion, parts, risks }, isWhole ? samples : null, pace);
      if (!grown) continue;
      const reporters = [...reporterOf(ctx), ...parts.flatMap(({ reportedBy }) => reportedBy)];
      const told = await this.store.grow(work, excursion, grown, reporters);
      await this.expose.run(ctx, work, told, bearing.productCodes);
    }
    return opened;
  }

  private async open(
    ctx: Context,
    work: UnitOfWork,
    { logger, bearing, side }: { logger: LoggerRow; bearing: Bearing; side: ExcursionSide },
    risk: Risk,
  ): Promise<string> {
    const { facilityId } = logger;
    const { from, to } = instantsOf(risk);
    const excursion = (await this.store.open(ctx, work, {
      facilityId,
      originFacilityId: null,
      originId: null,
      loggerId: logger.id,
      storageClass: bearing.code,
      side,
      limitCelsius: risk.limitCelsius,
      atLimit: risk.atLimit,
      limitMinutes: risk.limitMinutes,
      judgedBy: risk.judgedBy,
      fromAt: from,
      toAt: to,
      minutes: risk.minutes,
      furthest: risk.furthest,
      reportedBy: reporterOf(ctx),
    }))!;
    this.audit.record(ctx, work, {
      action: 'excursion.open',
      resource: { type: 'excursion', id: excursion.id },
      facilityId,
      detail: { side, storageClass: bearing.code, minutes: risk.minutes },
    });
    const fact = { facilityId, excursionId: excursion.id };
    this.outbox.announce(ctx, work, excursionOpened, excursion.id, fact);
    await this.expose.run(ctx, work, excursion, bearing.productCodes);
    return excursion.id;
  }
}

const reporterOf = (ctx: Context): string[] => (ctx.actor.id ? [ctx.actor.id] : []);

const riskOf = (
  { from, to, rule }: Alarm,
  { minutes, furthest }: { minutes: number; furthest: number | null },
): Risk => ({
  from,
  to,
  limitCelsius: rule.celsius,
  atLimit: rule.orAt,
  limitMinutes: rule.minutes,
  judgedBy: 'READINGS',
  minutes,
  furthest,
});

/** Excursions, each with those that turn out to be parts of it: an alarm that meets several is one. */
function joined(
  undecided: readonly ExcursionRow[],
  risks: readonly Risk[],
): { excursion: ExcursionRow; parts: ExcursionRow[] }[] {
  const standing = undecided.map(excursion => ({ excursion, parts: [] as ExcursionRow[] }));
  for (const risk of risks) {
    const [whole, ...others] = standing.filter(({ excursion, parts }) =>
      [excursion, ...parts].some(one => meets(stretchIn(one), risk)),
    );
    for (const other of others) {
      whole!.parts.push(other.excursion, ...other.parts);
      standing.splice(standing.indexOf(other), 1);
    }
  }
  return standing;
}

/** What is to be said of an excursion now; null when it is what was said. */
function tellAnew(
  {
    excursion,
    parts,
    risks,
  }: { excursion: ExcursionRow; parts: readonly ExcursionRow[]; risks: readonly Risk[] },
  samples: readonly Sample[] | null,
  pace: Pace,
): Pick<ExcursionRow, 'fromAt' | 'toAt' | 'minutes' | 'furthest'> | null {
  const was = parts.map(stretchIn).reduce(union, stretchIn(excursion));
  const met = risks.filter(risk => meets(risk, was));
  const now = met.reduce<Stretch>(union, was);
  const { limitCelsius, atLimit, side } = excursion;
  const limit = { side, celsius: limitCelsius, orAt: atLimit };
  const told =
    samples && excursion.judgedBy === 'READINGS'
      ? measure(samples, pace, limit, now)
      : {
          minutes: Math.max(...[excursion, ...parts, ...met].map(({ minutes }) => minutes)),
          furthest: furthestOf(side, [excursion, ...parts, ...met]),
        };
  const { from: fromAt, to: toAt } = instantsOf(now);
  const same =
    parts.length === 0 &&
    fromAt.getTime() === excursion.fromAt.getTime() &&
    toAt.getTime() === excursion.toAt.getTime() &&
    told.minutes === excursion.minutes &&
    told.furthest === excursion.furthest;
  return same ? null : { fromAt, toAt, ...told };
}

function furthestOf(side: ExcursionSide, of: readonly { furthest: number | null }[]): number | null {
  const values = of.flatMap(({ furthest }) => furthest ?? []);
  if (values.length === 0) return null;
  return side === 'low' ? Math.min(...values) : Math.max(...values);
}

/** Stretches that meet as one, by the rule of the first. */
function apart(risks: readonly Risk[]): Risk[] {
  const joined: Risk[] = [];
  for (const risk of [...risks].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && meets(last, risk)) last.to = Math.max(last.to, risk.to);
    else joined.push({ ...risk });
  }
  return joined;
}

const union = (one: Stretch, other: Stretch): Stretch => ({
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
});

const wider = ({ from, to }: Stretch, minutes: number): Stretch => ({
  from: from - minutes,
  to: to + minutes,
});

const stretchOf = (minutes: readonly number[]): Stretch | null =>
  minutes.length === 0
    ? null
    : {
        from: minutes.reduce((least, one) => Math.min(least, one)),
        to: minutes.reduce((most, one) => Math.max(most, one)),
      };

const stretchIn = ({ fromAt, toAt }: Pick<ExcursionRow, 'fromAt' | 'toAt'>): Stretch => ({
  from: fromAt.getTime() / 60_000,
  to: toAt.getTime() / 60_000,
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
