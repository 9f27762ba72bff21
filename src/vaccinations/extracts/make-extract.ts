import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Places } from '../../facilities';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type JobAtHand, Jobs, type SliceDone } from '../../platform/jobs';
import { PeopleToPlan, type PersonToPlan, PrivacyRulesStore } from '../../registry';
import { VaccinationsStore } from '../vaccinations.store';
import { cellsOf, type CountedPerson } from './extract-rules';
import { ExtractsStore } from './extracts.store';

export const MAKE_EXTRACT = 'vaccinations.make-extract';

const AT_ONCE = 1_000;
/** Where somebody lives is not known. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

type Parameters = { extractId: string };
type Cursor = { after: string | null };

/**
 * Counts the doses of an approved extract, page by page of the whole population: no name, contact or identifier is read.
 * Nobody can see a figure before all are counted and the small ones are left out.
 */
@Injectable()
export class MakeExtract implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly people: PeopleToPlan,
    private readonly places: Places,
    private readonly doses: VaccinationsStore,
    private readonly rules: PrivacyRulesStore,
    private readonly store: ExtractsStore,
  ) {}

  onModuleInit(): void {
    this.jobs.on<Parameters, Cursor>(MAKE_EXTRACT, {
      plan: async (_ctx, work) => [{ cursor: { after: null }, total: await this.people.count(work) }],
      slice: (_ctx, work, job) => this.slice(work, job),
      finish: (ctx, work, job) => this.finish(ctx, work, job),
    });
  }

  private async slice(
    work: UnitOfWork,
    { parameters, cursor }: JobAtHand<Parameters> & { cursor: Cursor },
  ): Promise<SliceDone<Cursor>> {
    const { id, fromMonth, untilMonth } = (await this.store.one(work, parameters.extractId))!;
    const ids = await this.people.idsAfter(work, { after: cursor.after, until: null }, AT_ONCE);
    const people = await this.counted(work, await this.people.ofIds(work, ids));
    const doses = (await this.doses.dosesOfAll(work, ids)).filter(
      ({ givenOn }) =>
        givenOn.slice(0, 7) >= fromMonth.slice(0, 7) && givenOn.slice(0, 7) <= untilMonth.slice(0, 7),
    );
    await this.store.add(work, id, cellsOf(people, doses));
    return { cursor: ids.length < AT_ONCE ? null : { after: ids.at(-1)! }, done: ids.length };
  }

  private async finish(
    _ctx: Context,
    work: UnitOfWork,
    { parameters }: JobAtHand<Parameters>,
  ): Promise<void> {
    const { fewestInExtract } = await this.rules.rules(work);
    await this.store.finish(work, parameters.extractId, fewestInExtract);
  }

  /** With the largest area that each lives in. */
  private async counted(work: UnitOfWork, people: readonly PersonToPlan[]): Promise<CountedPerson[]> {
    const tops = new Map<string, string>();
    for (const { areaId } of people)
      if (areaId && !tops.has(areaId))
        tops.set(areaId, (await this.places.areaPath(work, areaId))[0] ?? areaId);
    return people.map(({ id, birthDate, sex, areaId }) => ({
      id,
      birthDate,
      sex,
      areaId: (areaId && tops.get(areaId)) || NOWHERE,
    }));
  }
}
