import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { Network } from '../network/network';
import { earliestWay, type Way, type WayAsked } from '../network/way-rules';
import { type LimitedRun, LoadsStore, type RunKey } from './loads.store';
import type { PlannedRun } from './plan-rules';

/** How often the next departure is tried where one is full; after that a thing goes along all the same, and its hub sees it. */
const TRIES = 60;

/** What is to be carried, and how heavy it is: grams, null where nobody knows. */
export interface Carriage extends WayAsked {
  grams: number | null;
}

/** A way, and where room was taken on it. */
export interface RoomyWay {
  way: Way;
  /** Runs on which room was taken for it. */
  taken: readonly RunKey[];
}

/**
 * The earliest way on which every departure has room. A departure that is full is left out and the next best way is looked for:
 * so the one that is found is the earliest of all that have room.
 */
@Injectable()
export class FindRoom {
  constructor(private readonly store: LoadsStore) {}

  /** The way, and no room taken; null where none leads. */
  async look(ctx: Context, work: UnitOfWork, network: Network, asked: Carriage): Promise<Way | null> {
    const found = await this.find(ctx, network, asked, runs =>
      this.store.withoutRoom(work, runs, asked.grams ?? 0),
    );
    return found?.way ?? null;
  }

  /** The way, with room for it taken on every departure that can only carry so much, in the caller's unit of work. */
  async take(ctx: Context, work: UnitOfWork, network: Network, asked: Carriage): Promise<RoomyWay | null> {
    const grams = asked.grams ?? 0;
    const found = await this.find(ctx, network, asked, async runs => {
      // Looked at first without a lock: a departure that was full long ago is not waited for.
      const full = await this.store.withoutRoom(work, runs, grams);
      return full.length > 0 ? full : this.store.take(work, runs, grams);
    });
    if (found?.full) await this.store.add(work, found.limited, grams);
    return found && { way: found.way, taken: found.limited };
  }

  /** A consignment does not go as it was planned to. */
  async giveBack(work: UnitOfWork, runs: readonly PlannedRun[], grams: number | null): Promise<void> {
    const taken = runs.filter(({ hasRoom }) => hasRoom);
    await this.store.giveBack(work, taken, grams ?? 0);
  }

  private async find(
    ctx: Context,
    network: Network,
    asked: Carriage,
    without: (runs: readonly LimitedRun[]) => Promise<RunKey[]>,
  ): Promise<{ way: Way; limited: LimitedRun[]; full: boolean } | null> {
    const left: RunKey[] = [];
    for (let tries = 1; ; tries++) {
      const way = earliestWay(network, { ...asked, without: left }, ctx.tenant!.timeZone);
      if (!way) return null;
      const limited = limitedRuns(way);
      const full = limited.length > 0 ? await without(limited) : [];
      if (full.length === 0 || tries === TRIES) return { way, limited, full: full.length > 0 };
      left.push(...full);
    }
  }
}

const limitedRuns = (way: Way): LimitedRun[] =>
  way.runs.flatMap(({ leg: { fromHubId, id, capacityKg }, day }) =>
    capacityKg === null ? [] : [{ fromHubId, legId: id, day, mostGrams: capacityKg * 1000 }],
  );
