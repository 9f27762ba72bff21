import { Injectable } from '@nestjs/common';
import { addTo, type CivilDate, daysBetween, decodeCursor, encodeCursor, startOfDay } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { paceOf } from '../excursions/alarm-rules';
import { Bearings } from '../excursions/bearings';
import { FilesStore } from './files.store';
import { type ClassLimit, gapsOf, limitsOf, type Summary, summarise } from './history-rules';
import type { TemperatureDay, TemperatureHistory, TemperatureReadingPage } from './history.graphql';
import { type LoggerRow, LoggersStore } from './loggers.store';
import { ReadingsStore } from './readings.store';

const MOST_DAYS = 62;

export interface HistoryInput {
  facilityId: string;
  loggerId: string;
  /** Days of the country's own calendar, both included. */
  from: CivilDate;
  to: CivilDate;
}

/** What a logger measured, told from its readings each time it is asked. */
@Injectable()
export class ReadHistory {
  constructor(
    private readonly database: Database,
    private readonly loggers: LoggersStore,
    private readonly readings: ReadingsStore,
    private readonly files: FilesStore,
    private readonly bearings: Bearings,
    private readonly places: Places,
  ) {}

  /** Day by day. Throws NOT_FOUND, INVALID_INPUT for more than two months. */
  run(ctx: Context, input: HistoryInput): Promise<TemperatureHistory> {
    mayAnywhere(ctx, 'temperature.read');
    const { from, to } = input;
    if (to < from || daysBetween(from, to) >= MOST_DAYS)
      throw invalid('to', 'cold-chain.invalid.days', { most: MOST_DAYS });
    return this.database.read(ctx, async work => {
      const logger = await this.logger(ctx, work, input);
      const bearings = (await this.bearings.of(ctx)).filter(({ keptAt }) => keptAt === logger.temperature);
      return this.history(ctx, work, logger, input, limitsOf(bearings));
    });
  }

  /** The readings one by one. Throws NOT_FOUND. */
  page(
    ctx: Context,
    asked: {
      facilityId: string;
      loggerId: string;
      from: Date;
      to: Date;
      first: number;
      after?: string | null;
    },
  ): Promise<TemperatureReadingPage> {
    mayAnywhere(ctx, 'temperature.read');
    return this.database.read(ctx, async work => {
      const logger = await this.logger(ctx, work, asked);
      const after = Number(asked.after ? decodeCursor(asked.after) : NaN);
      const from =
        after >= asked.from.getTime() && after < asked.to.getTime() ? new Date(after + 1) : asked.from;
      const rows = await this.readings.between(work, logger, { from, to: asked.to, limit: asked.first + 1 });
      const items = rows.slice(0, asked.first);
      const last = items.at(-1);
      const isMore = rows.length > asked.first && last;
      return { items, endCursor: isMore ? encodeCursor(String(last.at.getTime())) : null };
    });
  }

  private async logger(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, loggerId }: { facilityId: string; loggerId: string },
  ): Promise<LoggerRow> {
    may(ctx, 'temperature.read', await this.places.of(work, facilityId));
    const logger = await this.loggers.one(work, facilityId, loggerId);
    if (!logger) throw notFound();
    return logger;
  }

  private async history(
    ctx: Context,
    work: UnitOfWork,
    logger: LoggerRow,
    { from, to }: HistoryInput,
    limits: readonly ClassLimit[],
  ): Promise<TemperatureHistory> {
    const pace = paceOf(logger.intervalMinutes);
    const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) =>
      addTo(from, { months: 0, days: index }),
    );
    const starts = [...days, addTo(to, '1 day')].map(day => startOfDay(day, ctx.tenant!.timeZone));
    const edge = (pace.interval + pace.slack) * 60_000;
    const samples = (
      await this.readings.between(work, logger, {
        from: new Date(starts[0]!.getTime() - edge),
        to: new Date(starts.at(-1)!.getTime() + edge),
        limit: null,
      })
    ).map(({ at, celsius }) => ({ minute: at.getTime() / 60_000, celsius }));
    const told = new Map(
      (await this.files.days(work, logger.facilityId, logger.id, { from, to })).map(one => [one.day, one]),
    );
    const minuteOf = (at: Date): number => at.getTime() / 60_000;
    const stretches = days.map((_, index) => ({
      from: minuteOf(starts[index]!),
      to: minuteOf(starts[index + 1]!),
    }));
    const until = Math.min(minuteOf(starts.at(-1)!), minuteOf(ctx.now()));
    return {
      intervalMinutes: logger.intervalMinutes,
      gaps: gapsOf(samples, pace, { from: minuteOf(starts[0]!), to: until }).map(gap => ({
        from: new Date(gap.from * 60_000),
        to: new Date(gap.to * 60_000),
      })),
      days: summarise(samples, pace, stretches, limits).map((summary, index) =>
        asDay(days[index]!, summary, told.get(days[index]!) ?? null),
      ),
      asOf: ctx.now(),
    };
  }
}

const asDay = (day: CivilDate, summary: Summary, device: TemperatureDay['device']): TemperatureDay => ({
  day,
  ...summary,
  beyond: summary.beyond.map(({ storageClass, rule, minutes }) => ({
    storageClass,
    side: rule.side,
    limitCelsius: rule.celsius,
    minutes,
  })),
  device,
});
