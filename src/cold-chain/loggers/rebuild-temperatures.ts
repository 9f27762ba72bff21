import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { LoggersStore } from './loggers.store';
import { ReadingsStore } from './readings.store';

/** A logger whose state was not what its readings say. */
export interface DifferingLogger {
  facilityId: string;
  loggerId: string;
}

/** Holds what is known of each logger against its readings, which are the truth. For those who run the service. */
@Injectable()
export class RebuildTemperatures {
  constructor(
    private readonly database: Database,
    private readonly loggers: LoggersStore,
    private readonly store: ReadingsStore,
  ) {}

  /** Makes the states what the readings say, facility by facility; what it put right. */
  async run(ctx: Context): Promise<DifferingLogger[]> {
    may(ctx, 'temperature.rebuild');
    const facilities = await this.database.read(ctx, work => this.store.facilities(work));
    const found: DifferingLogger[] = [];
    for (const facilityId of facilities) {
      const seen = await this.database.read(ctx, work => this.store.differing(work, facilityId));
      if (seen.length === 0) continue;
      await this.database.write(ctx, async work => {
        await this.loggers.lock(work, facilityId, seen);
        const differing = await this.store.differing(work, facilityId);
        const locked = differing.filter(loggerId => seen.includes(loggerId));
        await this.store.project(work, facilityId, locked);
        found.push(...locked.map(loggerId => ({ facilityId, loggerId })));
      });
    }
    return found;
  }
}
