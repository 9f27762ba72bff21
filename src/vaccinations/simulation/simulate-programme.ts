import { setImmediate as others } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { addTo, type CivilDate } from '../../common';
import { civilNow } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, invalid } from '../../platform/errors';
import { Jobs, type SliceDone } from '../../platform/jobs';
import { type Programme, Programmes } from '../../programmes';
import { PeopleToPlan } from '../../registry';
import type { DoseForEngine } from '../dose-record';
import { enginePerson } from '../doses';
import { KeepForecasts } from '../forecast/keep-forecasts';
import { planCountry, type Stretch } from '../forecast/plan-country';
import { VaccinationsStore } from '../vaccinations.store';
import { rollForward, standings } from './roll-forward';
import { type Need, type SimulationRow, SimulationsStore, type Standing } from './simulations.store';

export const SIMULATE = 'vaccinations.simulate-programme';

/** Persons in a slice: each is forecast some twenty times. */
const SLICE = 200;
const TURN_MS = 10;
const A_YEAR = { months: 12, days: 0 };

/** The two programmes of a simulation. */
interface TwoProgrammes {
  inForce: Programme;
  simulated: Programme;
}

/** Tries a configuration out on everybody registered, as a job: who would become due, and what it would take. */
@Injectable()
export class SimulateProgramme implements OnModuleInit {
  private readonly compiled = new Map<string, Promise<Programme>>();

  constructor(
    private readonly database: Database,
    private readonly store: SimulationsStore,
    private readonly people: PeopleToPlan,
    private readonly doses: VaccinationsStore,
    private readonly keep: KeepForecasts,
    private readonly programmes: Programmes,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.jobs.on<object, Stretch>(SIMULATE, {
      plan: async (_ctx, work) => planCountry(work, this.people),
      slice: (ctx, work, { id, part, cursor }) => this.slice(ctx, work, { id, part, cursor }),
    });
  }

  /**
   * Throws NOT_FOUND for no such configuration, INVALID_INPUT for a day that is past or more than a year ahead,
   * STATE_FORBIDS while nothing is in force to compare with.
   */
  async run(
    ctx: Context,
    input: { packId: string; from: CivilDate; months: number },
  ): Promise<SimulationRow> {
    may(ctx, 'programme.simulate');
    const { date: today } = civilNow(ctx);
    if (input.from < today || input.from > addTo(today, A_YEAR))
      throw invalid('from', 'forecasts.invalid.from');
    return this.database.write(ctx, async work => {
      await this.programmes.programmeOf(ctx, work, input.packId);
      const basePackId = await this.programmes.inForce(ctx, work);
      if (!basePackId) throw new AppError('STATE_FORBIDS', { state: ctx.tenant!.state });
      const id = await this.jobs.request(ctx, work, SIMULATE, {});
      const row = { ...input, id, basePackId };
      await this.store.add(work, row);
      this.audit.record(ctx, work, {
        action: 'programme.simulate',
        resource: { type: 'country-pack', id: input.packId },
        detail: { from: input.from, months: input.months },
      });
      return row;
    });
  }

  private async slice(
    ctx: Context,
    work: UnitOfWork,
    { id, part, cursor }: { id: string; part: number; cursor: Stretch },
  ): Promise<SliceDone<Stretch>> {
    const ids = await this.people.idsAfter(work, cursor, SLICE);
    if (ids.length > 0) {
      const simulation = (await this.store.one(work, id))!;
      const both = {
        inForce: await this.programmeOf(ctx, work, simulation.basePackId),
        simulated: await this.programmeOf(ctx, work, simulation.packId),
      };
      await this.store.count(work, { id, part }, await this.counted(work, simulation, both, ids));
    }
    const last = ids.at(-1);
    return {
      cursor: last && ids.length === SLICE ? { ...cursor, after: last } : null,
      done: ids.length,
    };
  }

  private async counted(
    work: UnitOfWork,
    simulation: SimulationRow,
    both: TwoProgrammes,
    ids: readonly string[],
  ): Promise<{ standings: Standing[]; needs: Need[] }> {
    const records = (await this.people.ofIds(work, ids)).filter(({ status }) => status === 'active');
    const areas = await this.keep.areasOf(work, records);
    const histories = await this.doses.historiesOf(work, ids);
    const counts = new Counts();
    let turn = performance.now();
    for (const record of records) {
      countOne(counts, simulation, both, areas.get(record.id)!, record, histories.get(record.id)!.doses);
      if (performance.now() - turn < TURN_MS) continue;
      await others();
      turn = performance.now();
    }
    return counts.all();
  }

  /** What a pack says never changes. Kept for the packs of the last few simulations. */
  private programmeOf(ctx: Context, work: UnitOfWork, packId: string): Promise<Programme> {
    const key = `${ctx.tenant!.code} ${packId}`;
    const known = this.compiled.get(key);
    if (known) return known;
    if (this.compiled.size > 8) this.compiled.clear();
    const programme = this.programmes.programmeOf(ctx, work, packId);
    programme.catch(() => this.compiled.delete(key));
    this.compiled.set(key, programme);
    return programme;
  }
}

function countOne(
  counts: Counts,
  { from, months }: SimulationRow,
  { inForce, simulated }: TwoProgrammes,
  areaId: string,
  record: Parameters<typeof enginePerson>[0],
  doses: readonly DoseForEngine[],
): void {
  const { person } = enginePerson(record, doses, from);
  const [before, after] = [inForce, simulated].map(({ schedule }) => standings(schedule, person, from));
  for (const group of new Set([...before!.keys(), ...after!.keys()]))
    counts.stands(areaId, group, before!.get(group) ?? 'none', after!.get(group) ?? 'none');
  const period = { from, before: addTo(from, { months, days: 0 }) };
  for (const dose of rollForward(inForce.schedule, person, period)) counts.needs(areaId, dose, 'inForce');
  for (const dose of rollForward(simulated.schedule, person, period)) counts.needs(areaId, dose, 'simulated');
}

/** The sums of one slice. */
class Counts {
  private readonly standings = new Map<string, Standing>();
  private readonly needed = new Map<string, Need>();

  stands(areaId: string, vaccineGroup: string, before: string, after: string): void {
    const key = [areaId, vaccineGroup, before, after].join('|');
    const known = this.standings.get(key);
    if (known) known.persons++;
    else this.standings.set(key, { areaId, vaccineGroup, before, after, persons: 1 });
  }

  needs(
    areaId: string,
    { day, vaccineCode: vaccine }: { day: CivilDate; vaccineCode: string },
    by: 'inForce' | 'simulated',
  ): void {
    const month = `${day.slice(0, 7)}-01`;
    const key = [areaId, month, vaccine].join('|');
    const known = this.needed.get(key) ?? { areaId, month, vaccine, inForce: 0, simulated: 0 };
    known[by]++;
    this.needed.set(key, known);
  }

  all(): { standings: Standing[]; needs: Need[] } {
    return { standings: [...this.standings.values()], needs: [...this.needed.values()] };
  }
}
