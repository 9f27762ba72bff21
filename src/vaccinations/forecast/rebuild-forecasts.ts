import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { PeopleToPlan } from '../../registry';
import type { ForecastLine } from './kept-forecast';
import { ForecastsStore, type ToKeep } from './forecasts.store';
import { KeepForecasts } from './keep-forecasts';

const PAGE = 500;

/** Holds what is kept against what the engine says of the facts, which is the truth. For those who run the service. */
@Injectable()
export class RebuildForecasts {
  constructor(
    private readonly database: Database,
    private readonly store: ForecastsStore,
    private readonly keep: KeepForecasts,
    private readonly people: PeopleToPlan,
  ) {}

  /** The persons of whom something else is kept than is true today; empty when all is well. Changes nothing. */
  async compare(ctx: Context): Promise<string[]> {
    may(ctx, 'forecast.rebuild');
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const page: { ids: string[]; wrong: string[] } = await this.page(ctx, after);
      found.push(...page.wrong);
      if (page.ids.length < PAGE) return found;
      after = page.ids.at(-1)!;
    }
  }

  /** Makes what is kept what is true, page by page while work goes on; the persons it put right. */
  async run(ctx: Context): Promise<string[]> {
    const wrong = await this.compare(ctx);
    for (let at = 0; at < wrong.length; at += PAGE) {
      const ids = wrong.slice(at, at + PAGE);
      await this.database.write(ctx, async work => {
        await this.store.distrust(work, ids);
        await this.keep.run(ctx, work, ids);
      });
    }
    return wrong;
  }

  private page(ctx: Context, after: string | null): Promise<{ ids: string[]; wrong: string[] }> {
    return this.database.read(ctx, async work => {
      const ids = await this.people.idsAfter(work, { after, until: null }, PAGE);
      const made = await this.keep.made(ctx, work);
      const kept = await this.store.linesOf(work, ids);
      if (!made) return { ids, wrong: [] };
      const truths = await this.keep.forecasts(work, made, ids);
      const ofPerson = new Map<string, typeof kept>(ids.map(id => [id, []]));
      for (const line of kept) ofPerson.get(line.personId)!.push(line);
      return {
        ids,
        wrong: truths.filter(truth => !isKept(truth, ofPerson.get(truth.personId)!)).map(one => one.personId),
      };
    });
  }
}

const isKept = (
  { lines, areaId, personId }: ToKeep,
  kept: readonly (ForecastLine & { areaId: string })[],
): boolean => isDeepStrictEqual(inOrder(lines.map(line => ({ ...line, areaId, personId }))), inOrder(kept));

const inOrder = <Line extends ForecastLine>(lines: readonly Line[]): Line[] =>
  [...lines].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = ({ vaccineGroup, seriesGroup }: ForecastLine): string => `${vaccineGroup}|${seriesGroup}`;
