import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database, forgetKeys, type UnitOfWork } from '../platform/database';
import { Outbox } from '../platform/events';
import { bitByBit } from './bit-by-bit';
import { Rounds } from './rounds';

/**
 * Clears away what was only on its way: facts a week after they were announced, once carried, and keys of requests that
 * nobody repeats any more. So the tables that every dose writes to stay small, however many doses there are.
 */
@Injectable()
export class ClearAway implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'what was on its way could not be cleared away';
    this.rounds.add({ seconds: 60, fault, platformToo: true, run: ctx => this.run(ctx) });
  }

  /**
   * The turn of a country, or of the platform plane, where no request has a key; how many facts and keys went. Also in a
   * suspended country: nothing of its record is touched.
   */
  async run(ctx: Context): Promise<{ facts: number; keys: number }> {
    const forget = (most: number) => (work: UnitOfWork) => this.outbox.forgetCarried(ctx, work, most);
    if (!ctx.tenant)
      return { facts: await bitByBit(most => this.database.writePlatform(forget(most))), keys: 0 };
    const facts = await bitByBit(most => this.database.writeEvenIfSuspended(ctx, forget(most)));
    const keys = await bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => forgetKeys(ctx, work, most)),
    );
    return { facts, keys };
  }
}
