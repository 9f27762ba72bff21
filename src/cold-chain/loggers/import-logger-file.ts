import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type LoggerReport } from '../../codecs/temperature-loggers';
import { civilNow, Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { JudgeReadings } from '../excursions/judge-readings';
import { FilesStore } from './files.store';
import { bytesOf, countryClock, daysOf, deviceAlarms, isModel, readFile } from './logger-file-rules';
import {
  type ImportLoggerFileResult,
  LoggerDiffers,
  LoggerFileBroken,
  LoggerFileImport,
  LoggerUnknown,
} from './logger-file.graphql';
import { asLoggerFile } from './logger-file-view';
import { type LoggerRow, LoggersStore } from './loggers.store';
import { TakeReadings } from './take-readings';

export interface ImportLoggerFileInput {
  facilityId: string;
  /** Base64 (RFC 4648 §4). */
  content: string;
}

interface Entered {
  bytes: Buffer;
  hash: Buffer;
  report: LoggerReport;
}

/**
 * What a logger exported is taken in: kept byte for byte, its readings and days stored and judged. A file is taken wholly
 * or not at all, and once: the same bytes again are the same import.
 */
@Injectable()
export class ImportLoggerFile {
  constructor(
    private readonly database: Database,
    private readonly store: FilesStore,
    private readonly loggers: LoggersStore,
    private readonly take: TakeReadings,
    private readonly judge: JudgeReadings,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for no such facility, INVALID_INPUT for what is no base64 or more than 2 MiB. */
  run(ctx: Context, { facilityId, content }: ImportLoggerFileInput): Promise<typeof ImportLoggerFileResult> {
    mayAnywhere(ctx, 'temperature.record');
    const bytes = bytesOf(content);
    if (!bytes) throw invalid('content', 'cold-chain.invalid.content');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'temperature.record', await this.places.of(work, facilityId));
        const hash = createHash('sha256').update(bytes).digest();
        const known = await this.store.bySha256(work, facilityId, hash);
        if (known) return this.answer(known, { repeated: true, newReadings: 0, opened: [] });
        const read = readFile(bytes, civilNow(ctx).date);
        if ('fault' in read) throw new Refused(this.broken(ctx, read.fault));
        return this.enter(ctx, work, facilityId, { bytes, hash, report: read.report });
      }),
    );
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    { bytes, hash, report }: Entered,
  ): Promise<LoggerFileImport> {
    const logger = await this.loggerOf(ctx, work, facilityId, report);
    const days = daysOf(report);
    const { activated, ended } = report;
    const fileId = await this.store.add(ctx, work, {
      facilityId,
      loggerId: logger.id,
      hash,
      content: bytes,
      readings: report.readings.length,
      days: days.length,
      activated,
      ended,
    });
    // The logger is locked: whoever brought the same bytes at the same moment has committed them.
    if (!fileId) {
      const known = await this.store.bySha256(work, facilityId, hash);
      return this.answer(known!, { repeated: true, newReadings: 0, opened: [] });
    }
    await this.store.addDays(work, { facilityId, loggerId: logger.id, fileId, saidAt: ended }, days);
    const clock = countryClock(ctx.tenant!.timeZone);
    const told = report.readings.map(({ at, celsius }) => ({ loggerId: logger.id, at: clock(at), celsius }));
    const { outcomes, opened } = await this.take.run(ctx, work, [logger], told, fileId);
    const measured = new Set(report.readings.map(({ at }) => at.slice(0, 10)));
    const alarms = deviceAlarms(days, measured, clock);
    opened.push(...(await this.judge.alarmsOf(ctx, work, logger, alarms)));
    const newReadings = outcomes.filter(outcome => outcome === 'RECORDED').length;
    this.audit.record(ctx, work, {
      action: 'temperature.import',
      resource: { type: 'temperature-file', id: fileId },
      facilityId,
      detail: { readings: newReadings, days: days.length },
    });
    return this.answer((await this.store.one(work, facilityId, fileId))!, {
      repeated: false,
      newReadings,
      opened,
    });
  }

  /** The device that the file is of, locked, measuring as often as the file says. */
  private async loggerOf(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    { device, serial, interval }: LoggerReport,
  ): Promise<LoggerRow> {
    const named = await this.loggers.bySerial(work, facilityId, serial);
    if (!named) {
      const message = this.texts.say(ctx, 'cold-chain.loggerUnknown', { serial });
      throw new Refused(Object.assign(new LoggerUnknown(), { message, model: device, serial }));
    }
    if (!isModel(named.model, device)) {
      const message = this.texts.say(ctx, 'cold-chain.loggerDiffers', { model: named.model, stated: device });
      const stated = { loggerId: named.id, registeredModel: named.model, statedModel: device };
      throw new Refused(Object.assign(new LoggerDiffers(), { message, ...stated }));
    }
    const [logger] = await this.loggers.lock(work, facilityId, [named.id]);
    if (interval === null || interval === logger!.intervalMinutes || interval < 1 || interval > 1440)
      return logger!;
    await this.loggers.setInterval(work, logger!, interval);
    return { ...logger!, intervalMinutes: interval };
  }

  private broken(ctx: Context, { line, why }: { line: number; why: string }): LoggerFileBroken {
    const message = this.texts.say(ctx, 'cold-chain.fileBroken', { line });
    return Object.assign(new LoggerFileBroken(), { message, line, fault: why });
  }

  private answer(
    file: Parameters<typeof asLoggerFile>[0],
    { repeated, newReadings, opened }: { repeated: boolean; newReadings: number; opened: string[] },
  ): LoggerFileImport {
    return Object.assign(new LoggerFileImport(), {
      file: asLoggerFile(file),
      repeated,
      newReadings,
      openedExcursionIds: opened,
    });
  }
}
