import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import type { PackChange, PackComparison } from '../country-pack';
import {
  CountryPack,
  CountryPackChange,
  CountryPackFile,
  type CountryPackDrafted,
  type CountryPackRefused,
  DraftCountryPackInput,
  DraftCountryPackResult,
} from '../country-pack.graphql';
import { VaccinationSchedule } from '../programme.graphql';
import type { PackRow } from '../programmes.store';
import { ReadProgramme } from '../read-programme';
import { CountryPackComparison, CountryPackState } from './comparison.graphql';
import { DraftPack } from './draft-pack';
import { type CountryPackMovedOn, EditCountryPackResult } from './draft.refusals';
import { EditDraft } from './edit-draft';
import { EditCountryPackGraphqlInput, StartCountryPackDraftGraphqlInput } from './edit.graphql';
import { editsOf } from './edits-of';
import { FaultWords } from './fault-words';
import { CountryPackGoldenCase, CountryPackLintFinding } from './findings.graphql';
import { goldenOf, lintOf } from './pack-findings';
import { ReadPacks } from './read-packs';
import { StartDraft } from './start-draft';

@Resolver(() => CountryPack)
export class DraftsResolver {
  constructor(
    private readonly draftPack: DraftPack,
    private readonly startDraft: StartDraft,
    private readonly editDraft: EditDraft,
    private readonly packs: ReadPacks,
    private readonly programme: ReadProgramme,
    private readonly words: FaultWords,
  ) {}

  @Allow('pack.read')
  @Query(() => [CountryPack], {
    description:
      'The configurations of the country, newest first; at most 200. Of a draft its newest state, and those that were proposed or published.',
  })
  countryPacks(@Ctx() ctx: Context): Promise<PackRow[]> {
    return this.packs.all(ctx);
  }

  @Allow('pack.read')
  @Query(() => CountryPack, {
    description: 'One configuration, however old: what it says stays readable for ever.',
  })
  countryPack(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<PackRow> {
    return this.packs.one(ctx, id);
  }

  @Allow('pack.read')
  @Query(() => CountryPack, {
    description: 'The configuration with a schedule that a record names, to explain a decision made by it.',
  })
  countryPackOfSchedule(
    @Ctx() ctx: Context,
    @Args('code', { type: () => ID, description: 'Code of the schedule.' }) code: string,
    @Args('version', { type: () => String, description: 'Its version.' }) version: string,
  ): Promise<PackRow> {
    return this.packs.ofSchedule(ctx, { code, version });
  }

  @Allow('pack.read')
  @Query(() => CountryPackComparison, {
    complexity: 200,
    description: 'How any two configurations differ: drafts, the one in force, earlier ones.',
  })
  compareCountryPacks(
    @Ctx() ctx: Context,
    @Args('from', { type: () => ID, description: 'The first.' }) from: string,
    @Args('to', { type: () => ID, description: 'The second.' }) to: string,
  ): Promise<PackComparison> {
    return this.packs.compare(ctx, { from, to });
  }

  @Allow('pack.read')
  @Query(() => [CountryPackFile], {
    description: 'The files of the pack that ships for the country, to start from; none where there is none.',
  })
  shippedCountryPack(@Ctx() ctx: Context): Promise<CountryPackFile[]> {
    return this.packs.shipped(ctx);
  }

  @Allow('pack.draft')
  @Mutation(() => DraftCountryPackResult, {
    description: 'Takes in a pack as a draft, whole or not at all, with every fault of every file.',
  })
  draftCountryPack(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The files.' }) input: DraftCountryPackInput,
  ): Promise<CountryPackDrafted | CountryPackRefused> {
    return this.draftPack.run(ctx, input);
  }

  @Allow('pack.draft')
  @Mutation(() => DraftCountryPackResult, {
    description:
      'Begins a draft from the pack in force, from any other of the country, or from the one that ships.',
  })
  startCountryPackDraft(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What to start from.' }) input: StartCountryPackDraftGraphqlInput,
  ): Promise<CountryPackDrafted | CountryPackRefused> {
    return this.startDraft.run(ctx, input);
  }

  @Allow('pack.draft')
  @Mutation(() => EditCountryPackResult, {
    description:
      'Edits a draft, without files: all edits or none. The answer is a new state with an id of its own. A draft may have findings of the linter; it cannot be proposed with errors.',
  })
  editCountryPack(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The edits.' }) { packId, edits }: EditCountryPackGraphqlInput,
  ): Promise<CountryPackDrafted | CountryPackRefused | CountryPackMovedOn> {
    return this.editDraft.run(ctx, { packId, edits: editsOf(edits) });
  }

  @ResolveField(() => [CountryPackChange], {
    complexity: 200,
    description: 'What putting this pack in force would change of what is in force now.',
  })
  changes(@Ctx() ctx: Context, @Parent() pack: PackRow): Promise<PackChange[]> {
    return this.packs.changes(ctx, pack.id);
  }

  @ResolveField(() => [CountryPackLintFinding], {
    complexity: 50,
    description: 'What the linter finds in its schedule, errors first, by series, dose and field.',
  })
  async lint(@Ctx() ctx: Context, @Parent() pack: PackRow): Promise<CountryPackLintFinding[]> {
    return lintOf(await this.packs.content(ctx, pack.id)).map(finding => this.words.lint(ctx, finding));
  }

  @ResolveField(() => [CountryPackGoldenCase], {
    complexity: 50,
    description: 'Its golden cases, played through the engine with its schedule now.',
  })
  async golden(@Ctx() ctx: Context, @Parent() pack: PackRow): Promise<CountryPackGoldenCase[]> {
    return goldenOf(await this.packs.content(ctx, pack.id)).map(outcome => this.words.golden(outcome));
  }

  @ResolveField(() => VaccinationSchedule, { complexity: 50, description: 'Its schedule.' })
  async schedule(@Ctx() ctx: Context, @Parent() pack: PackRow): Promise<VaccinationSchedule> {
    return this.programme.scheduleOf(ctx, await this.packs.content(ctx, pack.id));
  }

  @ResolveField(() => [CountryPackFile], {
    complexity: 50,
    description: 'All it says, as the files it can be drafted from again.',
  })
  files(@Ctx() ctx: Context, @Parent() pack: PackRow): Promise<CountryPackFile[]> {
    return this.packs.files(ctx, pack.id);
  }

  @ResolveField(() => [CountryPackState], {
    complexity: 50,
    description: 'How the draft came to this state: by whom, when, with which edits; oldest first.',
  })
  history(@Ctx() ctx: Context, @Parent() pack: PackRow): Promise<CountryPackState[]> {
    return this.packs.history(ctx, pack.id);
  }
}
