import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Rounds } from '../../tenancy';
import { today } from '../stock';
import { WastageStore } from './wastage.store';

const ROUND_SECONDS = 1800;
/** Facilities that are looked up together; each is read in a unit of work of its own. */
const TOGETHER = 500;
const DAY = 86_400_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const FIRST = new Date(0);

/**
 * Keeps what became of each month's doses: once a day for each facility, the months of which something was entered since.
 * Papers that come late, corrections and recounts are thus told in the month that they are of.
 */
@Injectable()
export class KeepWastage implements OnApplicationBootstrap {
  constructor(
    private readonly rounds: Rounds,
    private readonly database: Database,
    private readonly store: WastageStore,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({
      seconds: ROUND_SECONDS,
      fault: 'what was wasted could not be counted',
      skipsReadOnly: true,
      run: ctx => this.run(ctx),
    });
  }

  /** One country's turn; how many facilities were read. */
  async run(ctx: Context): Promise<number> {
    let read = 0;
    let due = await this.due(ctx, FIRST_ID);
    while (due.length > 0) {
      for (const facility of due) await this.read(ctx, facility);
      read += due.length;
      due = await this.due(ctx, due.at(-1)!.facilityId);
    }
    return read;
  }

  private due(ctx: Context, after: string): Promise<{ facilityId: string; asOf: Date | null }[]> {
    return this.database.read(ctx, work => this.store.due(work, today(ctx), { after, most: TOGETHER }));
  }

  private async read(
    ctx: Context,
    { facilityId, asOf }: { facilityId: string; asOf: Date | null },
  ): Promise<void> {
    await this.database.write(ctx, async work => {
      const began = ctx.now();
      // What another process entered by its own clock may have been on its way: a day is far more than that takes.
      const since = asOf ? dayBefore(asOf) : FIRST;
      const months = await this.store.monthsSince(work, facilityId, since);
      if (months.length > 0)
        await this.store.retell(work, facilityId, months, dayBefore(new Date(months[0]!)));
      await this.store.readUpTo(work, facilityId, today(ctx), began);
    });
  }
}

const dayBefore = (instant: Date): Date => new Date(Math.max(0, instant.getTime() - DAY));
