import { Injectable } from '@nestjs/common';
import { type PageRequest, pageOf } from '../../common';
import { isBeyond } from '../../codecs/temperature-loggers';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { Bearing } from '../excursions/alarm-rules';
import { Bearings } from '../excursions/bearings';
import { FilesStore } from './files.store';
import { type LoggerFilePage } from './logger-file.graphql';
import { asLoggerFile } from './logger-file-view';
import { TemperatureLogger } from './logger.graphql';
import { LoggersStore, type LoggerWithState } from './loggers.store';
import { statusOf } from './reading-rules';

/** The loggers of a facility, how each stands, and the files that they exported. */
@Injectable()
export class ReadLoggers {
  constructor(
    private readonly database: Database,
    private readonly store: LoggersStore,
    private readonly fileStore: FilesStore,
    private readonly bearings: Bearings,
    private readonly places: Places,
  ) {}

  /** Throws NOT_FOUND for a facility that is not there. */
  run(ctx: Context, facilityId: string): Promise<TemperatureLogger[]> {
    mayAnywhere(ctx, 'temperature.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'temperature.read', await this.places.of(work, facilityId));
      return this.all(ctx, work, facilityId);
    });
  }

  /** {@link run}, or one of them, in the unit of work of a caller who has checked that she may. */
  async all(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    only: string | null = null,
  ): Promise<TemperatureLogger[]> {
    const bearings = await this.bearings.of(ctx);
    return (await this.store.at(work, facilityId, only)).map(row => asLogger(row, bearings, ctx.now()));
  }

  /** Files of a logger, newest first. Throws NOT_FOUND. */
  files(
    ctx: Context,
    { facilityId, loggerId }: { facilityId: string; loggerId: string },
    page: PageRequest,
  ): Promise<LoggerFilePage> {
    mayAnywhere(ctx, 'temperature.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'temperature.read', await this.places.of(work, facilityId));
      if (!(await this.store.one(work, facilityId, loggerId))) throw notFound();
      const rows = await this.fileStore.of(work, facilityId, loggerId, page);
      const { items, endCursor } = pageOf(rows, page.first, row => row.id);
      return { items: items.map(asLoggerFile), endCursor };
    });
  }

  /** The bytes of a file in base64. Throws NOT_FOUND. */
  content(ctx: Context, { facilityId, fileId }: { facilityId: string; fileId: string }): Promise<string> {
    mayAnywhere(ctx, 'temperature.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'temperature.read', await this.places.of(work, facilityId));
      const file = await this.fileStore.one(work, facilityId, fileId);
      if (!file) throw notFound();
      return (await this.fileStore.contentOf(work, file)).toString('base64');
    });
  }
}

/** A logger as it is shown: its newest value by the innermost limits of what is kept at its temperature. */
function asLogger(row: LoggerWithState, bearings: readonly Bearing[], now: Date): TemperatureLogger {
  const rules = bearings.filter(({ keptAt }) => keptAt === row.temperature).flatMap(({ rules }) => rules);
  const beyond = (side: 'low' | 'high') => (celsius: number) =>
    rules.some(rule => rule.side === side && isBeyond(rule, celsius));
  return Object.assign(new TemperatureLogger(), row, {
    status: statusOf(row, beyond('low'), beyond('high'), now),
  });
}
