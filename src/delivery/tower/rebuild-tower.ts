import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { KeepTower } from './keep-tower';
import { TowerStore } from './tower.store';

/** Consignments looked at in one transaction. */
const TOGETHER = 100;

/** Works out the control tower's figures from all that was told, and puts right those that say something else. */
@Injectable()
export class RebuildTower {
  constructor(
    private readonly database: Database,
    private readonly consignments: ConsignmentsStore,
    private readonly keep: KeepTower,
    private readonly store: TowerStore,
  ) {}

  /** How many consignments were looked at, and of how many the figures differed. Work goes on meanwhile. */
  async run(ctx: Context): Promise<{ consignments: number; differed: number }> {
    may(ctx, 'unit.rebuild');
    const done = { consignments: 0, differed: 0 };
    let units = await this.after(ctx, '');
    while (units.length > 0) {
      done.consignments += units.length;
      done.differed += await this.putRight(ctx, units);
      units = await this.after(ctx, units.at(-1)!);
    }
    return done;
  }

  private after(ctx: Context, unitId: string): Promise<string[]> {
    return this.database.read(ctx, work => this.store.unitsAfter(work, unitId, TOGETHER));
  }

  private putRight(ctx: Context, units: readonly string[]): Promise<number> {
    return this.database.write(ctx, async work => {
      let differed = 0;
      for (const unitId of units) {
        await this.consignments.lock(work, unitId);
        const wanted = (await this.keep.workOut(ctx, work, unitId))!;
        const stored = {
          figure: await this.store.figure(work, unitId),
          stays: await this.store.stays(work, unitId),
        };
        if (canonical(stored) === canonical(wanted)) continue;
        differed++;
        await this.store.keep(work, wanted.figure, wanted.stays);
      }
      return differed;
    });
  }
}

/** The same text for the same values, whatever order their names come in. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
