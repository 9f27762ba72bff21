import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Context } from '../platform/context';
import { isReadOnly } from '../platform/database';
import { systemContext } from '../platform/events';
import { type Logger, LOGGER } from '../platform/logging';
import { Catalogue } from './catalogue';

/** What time asks for in every country, e.g. that places of holds that ran out are given back. */
export interface Round {
  /** From the beginning of one round to that of the next, unless it takes longer. */
  seconds: number;
  /** For the log, when a country's turn fails: the next country has its turn all the same. */
  fault: string;
  /** Whether the platform plane has a turn too, before the countries; its context names no tenant. */
  platformToo?: boolean;
  /** Whether a suspended or archived country has no turn, since the round changes what is then only read. */
  skipsReadOnly?: boolean;
  run: (ctx: Context) => Promise<unknown>;
}

/**
 * Does things regularly in every country served, one country after the other, in the processes that {@link
 * Rounds.start} it.
 */
@Injectable()
export class Rounds implements OnApplicationShutdown {
  private readonly rounds: Round[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Map<Round, Promise<void>>();

  constructor(
    private readonly catalogue: Catalogue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Adds a round to those that {@link start} begins; to be called while the application begins. */
  add(round: Round): void {
    this.rounds.push(round);
  }

  /** Begins them all. The workers do; a process that only answers does not. */
  start(): void {
    for (const round of this.rounds)
      this.timers.push(setInterval(() => this.go(round), round.seconds * 1000).unref());
  }

  async onApplicationShutdown(): Promise<void> {
    this.timers.forEach(clearInterval);
    await Promise.all(this.running.values());
  }

  /** One round that is still under way is not begun again. */
  private go(round: Round): void {
    if (this.running.has(round)) return;
    const done = this.everywhere(round).finally(() => this.running.delete(round));
    this.running.set(round, done);
  }

  private async everywhere({ run, fault, platformToo, skipsReadOnly }: Round): Promise<void> {
    const served = await this.catalogue.served().catch(() => []);
    const turns = skipsReadOnly ? served.filter(tenant => !isReadOnly(tenant)) : served;
    for (const tenant of [...(platformToo ? [null] : []), ...turns]) {
      await run(systemContext(tenant)).catch(error =>
        this.logger.error({ err: error, tenant: tenant?.code }, fault),
      );
    }
  }
}
