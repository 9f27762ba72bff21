import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { Network } from '../network/network';
import { earliestWay, type Way, type WayAsked } from '../network/way-rules';
import { type LimitedRun, LoadsStore, type RunKey } from './loads.store';

/**
 * How often the next departure is tried where one is full; after that a thing goes along all the same, and its hub
 * sees it.
 */
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
 * The earliest way on which every departure has room. A departure that is full is left out and the next best way is
 * looked for: so the one that is found is the earliest of all that have room.
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

  /**
   * The way, with room for it taken on every departure that can only carry so much, in the caller's unit of work.
   * `held`: where the thing has room by the plan that this one takes the place of. It keeps what it needs and gives
   * the rest back, all of it where no way leads.
   */
  async take(
    ctx: Context,
    work: UnitOfWork,
    network: Network,
    asked: Carriage,
    held: readonly RunKey[] = [],
  ): Promise<RoomyWay | null> {
    const grams = asked.grams ?? 0;
    const change = (runs: readonly LimitedRun[]) => ({
      take: without(runs, held),
      back: without(held, runs),
      grams,
    });
    const found = await this.find(ctx, network, asked, async runs => {
      // Looked at first without a lock: a departure that was full long ago is not waited for.
      const full = await this.store.withoutRoom(work, without(runs, held), grams);
      return full.length > 0 ? full : this.store.change(work, change(runs));
    });
    if (found?.full) await this.store.changeAnyway(work, change(found.limited));
    else if (!found || found.limited.length === 0) await this.giveBack(work, held, grams);
    return found && { way: found.way, taken: found.limited };
  }

  /** A thing does not go along with these departures after all. */
  async giveBack(work: UnitOfWork, held: readonly RunKey[], grams: number | null): Promise<void> {
    if (held.length > 0) await this.store.changeAnyway(work, { take: [], back: held, grams: grams ?? 0 });
  }

  private async find(
    ctx: Context,
    network: Network,
    asked: Carriage,
    fullOf: (runs: readonly LimitedRun[]) => Promise<RunKey[]>,
  ): Promise<{ way: Way; limited: LimitedRun[]; full: boolean } | null> {
    const left: RunKey[] = [];
    for (let tries = 1; ; tries++) {
      const way = earliestWay(network, { ...asked, without: left }, ctx.tenant!.timeZone);
      if (!way) return null;
      const limited = limitedRuns(way);
      const full = limited.length > 0 ? await fullOf(limited) : [];
      if (full.length === 0 || tries === TRIES) return { way, limited, full: full.length > 0 };
      left.push(...full);
    }
  }
}

const limitedRuns = (way: Way): LimitedRun[] =>
  way.runs.flatMap(({ leg: { fromHubId, id, capacityKg }, day }) =>
    capacityKg === null ? [] : [{ fromHubId, legId: id, day, mostGrams: capacityKg * 1000 }],
  );

/** Those that are not among the others. */
const without = <Run extends RunKey>(runs: readonly Run[], others: readonly RunKey[]): Run[] =>
  runs.filter(({ legId, day }) => !others.some(other => other.legId === legId && other.day === day));
