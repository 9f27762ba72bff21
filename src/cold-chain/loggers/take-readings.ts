import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { JudgeReadings } from '../excursions/judge-readings';
import type { LoggerRow } from './loggers.store';
import { ReadingsStore, type ToldReading } from './readings.store';

/** What became of readings. */
export interface TakenReadings {
  /** Of each, in order: new, known with the same value, or known with another. */
  outcomes: ('RECORDED' | 'ALREADY_RECORDED' | 'DIFFERS')[];
  /** Ids of the excursions that they opened. */
  opened: string[];
}

/** Readings of loggers of one facility are stored, and judged. Whoever calls holds the locks of the loggers. */
@Injectable()
export class TakeReadings {
  constructor(
    private readonly store: ReadingsStore,
    private readonly judge: JudgeReadings,
  ) {}

  /** In any order, late, and again as often as need be: a logger says one thing of one instant, the first that came. */
  async run(
    ctx: Context,
    work: UnitOfWork,
    loggers: readonly LoggerRow[],
    readings: readonly ToldReading[],
    fileId: string | null,
  ): Promise<TakenReadings> {
    const [first] = loggers;
    if (!first || readings.length === 0) return { outcomes: [], opened: [] };
    const once = new Map(readings.toReversed().map(reading => [keyOf(reading), reading]));
    const told = [...once.values()];
    const receivedAt = ctx.now();
    const fresh = new Set(
      (await this.store.add(work, first.facilityId, told, { fileId, receivedAt })).map(keyOf),
    );
    const known = await this.store.stored(
      work,
      first.facilityId,
      told.filter(reading => !fresh.has(keyOf(reading))),
    );
    const before = new Map(known.map(reading => [keyOf(reading), reading.celsius]));
    const opened: string[] = [];
    for (const logger of loggers) {
      const samples = told
        .filter(reading => reading.loggerId === logger.id && fresh.has(keyOf(reading)))
        .map(({ at, celsius }) => ({ minute: at.getTime() / 60_000, celsius }));
      opened.push(...(await this.judge.readingsOf(ctx, work, logger, samples)));
    }
    const outcomes = readings.map(reading => {
      const key = keyOf(reading);
      if (fresh.has(key) && once.get(key) === reading) return 'RECORDED';
      const stands = fresh.has(key) ? once.get(key)!.celsius : before.get(key);
      return stands === reading.celsius ? 'ALREADY_RECORDED' : 'DIFFERS';
    });
    return { outcomes, opened };
  }
}

const keyOf = ({ loggerId, at }: Pick<ToldReading, 'loggerId' | 'at'>): string =>
  `${loggerId} ${at.getTime()}`;
