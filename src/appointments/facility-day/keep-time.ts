import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { civilNow } from '../../facilities';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Rounds } from '../../tenancy';
import { CloseQueue } from './close-queue';
import { MoveVisits } from './move-visits';
import { QueueStore } from './queue.store';

/** From the end of somebody's time to its announcement, at most, in seconds. */
const SECONDS = 15;
const BATCH = 500;

/** What time does in a clinic: observation is over, and so is the day. */
@Injectable()
export class KeepTime implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: QueueStore,
    private readonly move: MoveVisits,
    private readonly closing: CloseQueue,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'the time of visitors could not be kept';
    this.rounds.add({ seconds: SECONDS, fault, skipsReadOnly: true, run: ctx => this.run(ctx) });
  }

  /** One batch of each in one tenant. */
  async run(ctx: Context): Promise<void> {
    await this.database.write(ctx, async work => {
      const over = await this.store.toEndObservation(work, ctx.now(), BATCH);
      await this.move.run(
        work,
        over.map(visit => ({ ctx, visit, steps: [{ step: 'OBSERVED' as const }] })),
      );
    });
    const left = await this.database.read(ctx, work => this.store.leftOver(work, civilNow(ctx).date, BATCH));
    for (const queue of left) await this.closing.afterDay(ctx, queue);
  }
}
