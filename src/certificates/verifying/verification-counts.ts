import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../../platform/database';
import { type Logger, LOGGER } from '../../platform/logging';
import type { Outcome } from './verdict-rules';
import { VerificationCountsStore } from './verification-counts.store';

const WRITE_EVERY_MS = 1_000;

/**
 * Counts how codes were judged, by country and day, and nothing else about them. Gathered in memory and written once a
 * second, so that a busy border does not queue for one row; a process that dies loses a second of counting.
 */
@Injectable()
export class VerificationCounts implements OnApplicationShutdown {
  private counts = new Map<string, { tenantCode: string; day: string; outcome: Outcome; count: number }>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly store: VerificationCountsStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** `tenantCode` is '' where the code names no country served here. */
  add(tenantCode: string, outcome: Outcome, at: Date): void {
    const day = at.toISOString().slice(0, 10);
    const key = `${tenantCode}/${day}/${outcome}`;
    const counted = this.counts.get(key) ?? { tenantCode, day, outcome, count: 0 };
    this.counts.set(key, { ...counted, count: counted.count + 1 });
    this.timer ??= setTimeout(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  /** Writes what was counted since the last time. */
  async write(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const rows = [...this.counts.values()];
    this.counts = new Map();
    if (rows.length === 0) return;
    await this.database
      .writePlatform(work => this.store.add(work, rows))
      .catch(error => this.logger.warn({ err: error }, 'verifications could not be counted'));
  }

  onApplicationShutdown(): Promise<void> {
    return this.write();
  }
}
