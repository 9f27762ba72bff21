import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { type LoggerRow, LoggersStore } from './loggers.store';
import { type EnteredReading, faultOf, type ReadingFault, stored } from './reading-rules';
import { TakeReadings } from './take-readings';
import {
  ReadingOutcome,
  type RecordedReading,
  type RecordedTemperatures,
} from './temperature-record.graphql';

export interface RecordTemperaturesInput {
  facilityId: string;
  readings: readonly EnteredReading[];
}

/**
 * Loggers of a facility tell what they measure. Each reading has its own answer: one that cannot be taken leaves the
 * others as they are.
 */
@Injectable()
export class RecordTemperatures {
  constructor(
    private readonly database: Database,
    private readonly loggers: LoggersStore,
    private readonly take: TakeReadings,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for a facility that is not there. */
  run(ctx: Context, { facilityId, readings }: RecordTemperaturesInput): Promise<RecordedTemperatures> {
    mayAnywhere(ctx, 'temperature.record');
    return this.database.write(ctx, async work => {
      may(ctx, 'temperature.record', await this.places.of(work, facilityId));
      const named = [...new Set(readings.map(({ loggerId }) => loggerId))];
      const loggers = await this.loggers.lock(work, facilityId, named);
      const faults = readings.map(reading => faultIn(loggers, reading, ctx.now()));
      const good = readings.filter((_, index) => faults[index] === null);
      const told = good.map(({ loggerId, at, celsius }) => ({ loggerId, at, celsius: stored(celsius) }));
      const { outcomes, opened } = await this.take.run(ctx, work, loggers, told, null);
      this.record(ctx, work, facilityId, outcomes.filter(outcome => outcome === 'RECORDED').length);
      const answers = outcomes.values();
      return {
        receivedAt: ctx.now(),
        openedExcursionIds: opened,
        readings: readings.map(({ loggerId, at }, index): RecordedReading => {
          const outcome = faults[index] ? null : answers.next().value!;
          const fault = outcome === 'DIFFERS' ? 'DIFFERS' : faults[index]!;
          return fault ? this.refused(ctx, { loggerId, at }, fault) : taken({ loggerId, at }, outcome!);
        }),
      };
    });
  }

  private refused(
    ctx: Context,
    reading: Pick<EnteredReading, 'loggerId' | 'at'>,
    fault: ReadingFault,
  ): RecordedReading {
    const message = this.texts.say(ctx, `cold-chain.readingFault.${fault}`);
    return { ...reading, outcome: ReadingOutcome.REFUSED, fault, message };
  }

  private record(ctx: Context, work: UnitOfWork, facilityId: string, recorded: number): void {
    if (recorded === 0) return;
    this.audit.record(ctx, work, {
      action: 'temperature.record',
      resource: { type: 'facility', id: facilityId },
      facilityId,
      detail: { readings: recorded },
    });
  }
}

const faultIn = (loggers: readonly LoggerRow[], reading: EnteredReading, now: Date): ReadingFault | null =>
  loggers.some(({ id }) => id === reading.loggerId) ? faultOf(reading, now) : 'LOGGER';

const taken = (
  reading: Pick<EnteredReading, 'loggerId' | 'at'>,
  outcome: 'RECORDED' | 'ALREADY_RECORDED' | 'DIFFERS',
): RecordedReading => ({
  ...reading,
  outcome: outcome === 'RECORDED' ? ReadingOutcome.RECORDED : ReadingOutcome.ALREADY_RECORDED,
  fault: null,
  message: null,
});
