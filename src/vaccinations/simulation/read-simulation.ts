import { Injectable } from '@nestjs/common';
import { nameFor, Places } from '../../facilities';
import type { DueStatus } from '../../forecasting';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Jobs } from '../../platform/jobs';
import { type Programme, Programmes } from '../../programmes';
import { DueStatusEnum } from '../forecast/forecast.graphql';
import { NOWHERE } from '../forecast/keep-forecasts';
import { groupName, productsFor } from '../vaccine-names';
import type { SimulatedAreaNeed, SimulatedGroup, SimulatedNeed } from './simulation.graphql';
import { type Need, type SimulationRow, SimulationsStore, type Standing } from './simulations.store';
import { FEWEST_SHOWN, shown, shownParts } from './small-counts';

const WHOLE = '00000000-0000-0000-0000-000000000001';

/** A simulation as it is answered; its lists are read when asked for. */
export type SimulationView = SimulationRow & { finished: boolean; fewestShown: number };

/** What a simulation has counted. Counts alone, and none that is small: whoever configures a country sees no people. */
@Injectable()
export class ReadSimulation {
  constructor(
    private readonly database: Database,
    private readonly store: SimulationsStore,
    private readonly jobs: Jobs,
    private readonly places: Places,
    private readonly programmes: Programmes,
  ) {}

  /** Throws NOT_FOUND. */
  one(ctx: Context, id: string): Promise<SimulationView> {
    may(ctx, 'programme.simulate');
    return this.database.read(ctx, async work => {
      const row = await this.store.one(work, id);
      if (!row) throw notFound();
      return this.view(work, row);
    });
  }

  /** Unfinished counts are not shown: seen twice, they would tell of the few people in between. */
  async view(work: UnitOfWork, row: SimulationRow): Promise<SimulationView> {
    const job = await this.jobs.one(work, row.id);
    return { ...row, finished: job?.state === 'DONE', fewestShown: FEWEST_SHOWN };
  }

  /** Throws NOT_FOUND for an area the country does not have. */
  groups(ctx: Context, simulation: SimulationView, areaId: string | null): Promise<SimulatedGroup[]> {
    may(ctx, 'programme.simulate');
    return this.database.read(ctx, async work => {
      const areas = await this.areas(work, areaId);
      const rows = simulation.finished
        ? await this.store.standings(work, simulation.id, [...areas.keys()])
        : [];
      const programme = await this.programmes.programmeOf(ctx, work, simulation.packId);
      const groups = new Set(rows.map(({ vaccineGroup }) => vaccineGroup));
      return [...groups].map(group =>
        groupOf(
          ctx,
          programme,
          group,
          rows.filter(({ vaccineGroup }) => vaccineGroup === group),
        ),
      );
    });
  }

  /** By month and vaccine, of an area as a whole. */
  needs(ctx: Context, simulation: SimulationView, areaId: string | null): Promise<SimulatedNeed[]> {
    may(ctx, 'programme.simulate');
    return this.database.read(ctx, async work => {
      const areas = [...(await this.areas(work, areaId)).keys()];
      const rows = await this.needsOf(
        work,
        simulation,
        areas,
        areas.map(() => WHOLE),
      );
      const programme = await this.programmes.programmeOf(ctx, work, simulation.packId);
      return rows.map(row => ({
        ...row,
        products: productsFor(ctx, programme, [row.vaccine]),
        inForce: shown(row.inForce),
        simulated: shown(row.simulated),
      }));
    });
  }

  /** By month and vaccine, of each part directly below an area. */
  areaNeeds(ctx: Context, simulation: SimulationView, areaId: string | null): Promise<SimulatedAreaNeed[]> {
    may(ctx, 'programme.simulate');
    return this.database.read(ctx, async work => {
      const areas = await this.areas(work, areaId);
      const rows = await this.needsOf(work, simulation, [...areas.keys()], [...areas.values()]);
      const programme = await this.programmes.programmeOf(ctx, work, simulation.packId);
      const known = new Map((await this.places.areasWithin(work, areaId)).map(area => [area.id, area]));
      return withoutSmallParts(rows).map(row => {
        const area = known.get(row.areaId);
        return {
          ...row,
          areaId: area?.id ?? null,
          areaName: area ? nameFor(ctx, area.names, area.code) : null,
          products: productsFor(ctx, programme, [row.vaccine]),
        };
      });
    });
  }

  private needsOf(
    work: UnitOfWork,
    { id, finished }: SimulationView,
    areaIds: readonly string[],
    into: readonly string[],
  ): Promise<Need[]> {
    return finished ? this.store.needs(work, id, areaIds, into) : Promise.resolve([]);
  }

  /** Every area within one, or of the country; each with the part of it, directly below, in which it lies. */
  private async areas(work: UnitOfWork, areaId: string | null): Promise<Map<string, string>> {
    const areas = await this.places.areasWithin(work, areaId);
    if (areaId && areas.length === 0) throw notFound();
    const parts = areas.map(({ id, path }): [string, string] => [
      id,
      areaId ? (path[path.indexOf(areaId) + 1] ?? id) : path[0]!,
    ]);
    return new Map([...parts, ...(areaId ? [] : [[NOWHERE, NOWHERE] as [string, string]])]);
  }
}

function groupOf(
  ctx: Context,
  programme: Programme,
  vaccineGroup: string,
  rows: readonly Omit<Standing, 'areaId'>[],
): SimulatedGroup {
  const count = (of: (row: Omit<Standing, 'areaId'>) => boolean): number =>
    rows.filter(of).reduce((sum, { persons }) => sum + persons, 0);
  const become = (status: DueStatus): number | null =>
    shown(count(({ before, after }) => after === status && before !== status));
  return {
    vaccineGroup,
    vaccineGroupName: groupName(ctx, programme, vaccineGroup),
    becomeDue: become('due'),
    becomeOverdue: become('overdue'),
    becomeComplete: become('complete'),
    standings: Object.values(DueStatusEnum).map(status => ({
      status,
      inForce: shown(count(({ before }) => before === status)),
      simulated: shown(count(({ after }) => after === status)),
    })),
  };
}

/** Rows of the same month and vaccine are the parts of a whole that {@link ReadSimulation.needs} shows. */
function withoutSmallParts(rows: readonly Need[]): (Omit<Need, 'inForce' | 'simulated'> & {
  inForce: number | null;
  simulated: number | null;
})[] {
  const wholes = new Map<string, Need[]>();
  for (const row of rows) {
    const key = `${row.month} ${row.vaccine}`;
    wholes.set(key, [...(wholes.get(key) ?? []), row]);
  }
  return [...wholes.values()].flatMap(parts => {
    const inForce = shownParts(parts.map(part => part.inForce));
    const simulated = shownParts(parts.map(part => part.simulated));
    return parts.map((part, at) => ({ ...part, inForce: inForce[at]!, simulated: simulated[at]! }));
  });
}
