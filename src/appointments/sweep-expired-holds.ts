import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, CONFIG } from '../platform/config';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { systemContext } from '../platform/events';
import { type Logger, LOGGER } from '../platform/logging';
import { Catalogue } from '../tenancy';
import { AppointmentsStore } from './appointments.store';
import { Seating } from './seating';
import { SWEEP_SECONDS } from './sweep-interval';

const BATCH = 500;

/** Gives back the places of holds that were not confirmed in time: before each new hold, and regularly. */
@Injectable()
export class SweepExpiredHolds implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly store: AppointmentsStore,
    private readonly seating: Seating,
    private readonly catalogue: Catalogue,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return; // the workers do it
    this.timer = setInterval(() => this.look(), SWEEP_SECONDS * 1000).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** One batch in one tenant; how many holds ended. Several at a time pass each other's rows over. */
  run(ctx: Context): Promise<number> {
    return this.database.writeEvenIfSuspended(ctx, async work => {
      const expired = await this.store.expire(work, ctx.now(), BATCH);
      if (expired.length === 0) return 0;
      await this.store.endClaims(ctx, work, expired);
      await this.seating.giveBack(
        work,
        expired.map(row => ({ ...row, state: 'HELD' as const })),
      );
      return expired.length;
    });
  }

  private look(): void {
    this.running = this.everywhere();
  }

  private async everywhere(): Promise<void> {
    const tenants = await this.catalogue.served().catch(() => []);
    for (const tenant of tenants) {
      await this.run(systemContext(tenant)).catch(error =>
        this.logger.error({ err: error, tenant: tenant.code }, 'holds that ran out could not be ended'),
      );
    }
  }
}
