import { Inject, Injectable } from '@nestjs/common';
import { IntlMessageFormat } from 'intl-messageformat';
import { type CompiledSchedule, compileSchedule } from '../forecasting';
import { pickText } from '../localisation';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { AppError, notFound } from '../platform/errors';
import type { TextParams } from '../platform/i18n';
import { type Logger, LOGGER } from '../platform/logging';
import type { ConsentPurpose, CountryPack, PackTextKey, PriorityGroup } from './country-pack';
import { type ProductRow, ProgrammesStore, type SupplyRow } from './programmes.store';
import { ComeIntoForce } from './publication/come-into-force';

/** How long a process trusts what it knows to be in force before it asks again. */
const FRESH_MS = 2_000;

/** The country's programme as it is in force: the published pack, its schedule compiled for evaluation. */
export interface Programme {
  packId: string;
  pack: CountryPack;
  schedule: CompiledSchedule;
  /** Every product the country knows, by code: those no longer in use too, for the records made with them. */
  products: ReadonlyMap<string, ProductRow>;
}

/** What a country has published: schedule, products, purposes, groups, texts. Read and compiled once a publication. */
@Injectable()
export class Programmes {
  private readonly known = new Map<string, { programme: Promise<Programme>; checkedAt: number }>();

  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly comeIntoForce: ComeIntoForce,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The programme in force. Throws STATE_FORBIDS while the country has published nothing. */
  async current(ctx: Context): Promise<Programme> {
    if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
    const known = this.known.get(ctx.tenant.code);
    if (known && performance.now() - known.checkedAt < FRESH_MS) return known.programme;
    const programme = this.refresh(ctx, known?.programme);
    this.known.set(ctx.tenant.code, { programme, checkedAt: performance.now() });
    programme.catch(() => this.forget(ctx));
    return programme;
  }

  /**
   * The programme of any pack, a draft's or an earlier one's, compiled; what a pack says never changes once it is stored.
   * Throws NOT_FOUND.
   */
  async programmeOf(_ctx: Context, work: UnitOfWork, packId: string): Promise<Programme> {
    const pack = await this.store.content(work, packId);
    if (!pack) throw notFound();
    return this.compiled(work, packId, pack);
  }

  /**
   * Which pack is in force as `work` sees it; for those who must not act on what was in force two seconds ago. Null
   * before the first publication.
   */
  inForce(_ctx: Context, work: UnitOfWork): Promise<string | null> {
    return this.store.currentId(work);
  }

  async schedule(ctx: Context): Promise<CompiledSchedule> {
    return (await this.current(ctx)).schedule;
  }

  async consentPurposes(ctx: Context): Promise<readonly ConsentPurpose[]> {
    return (await this.current(ctx)).pack.consentPurposes;
  }

  async priorityGroups(ctx: Context): Promise<readonly PriorityGroup[]> {
    return (await this.current(ctx)).pack.priorityGroups;
  }

  /** Every supply the country knows, those no longer in use included; what needs them is in the pack in force. */
  supplies(_ctx: Context, work: UnitOfWork): Promise<SupplyRow[]> {
    return this.store.supplies(work);
  }

  /** Every product the country knows, those no longer in use included, for the records made with them. */
  products(_ctx: Context, work: UnitOfWork): Promise<ProductRow[]> {
    return this.store.products(work);
  }

  /** A text that the country words itself, in the first language of the chain that has it, its arguments filled in. */
  async say(ctx: Context, key: PackTextKey, params: TextParams = {}): Promise<string> {
    return this.sayIn((await this.current(ctx)).pack, ctx, key, params);
  }

  /** {@link say} by any pack, a draft's or an earlier one's. */
  sayIn(pack: CountryPack, ctx: Context, key: PackTextKey, params: TextParams = {}): string {
    const chain = [...ctx.languages, pack.profile.defaultLanguage];
    const language =
      chain.find(code => pack.texts[code]?.[key] !== undefined) ?? pack.profile.defaultLanguage;
    return String(new IntlMessageFormat(pack.texts[language]?.[key] ?? key, language).format(params));
  }

  /** What a vaccine of the schedule is called in the caller's language. */
  async vaccineName(ctx: Context, vaccineCode: string): Promise<string> {
    const { pack } = await this.current(ctx);
    const vaccine = pack.schedule.vaccines.find(({ code }) => code === vaccineCode);
    return (
      (vaccine && pickText(vaccine.name, [...ctx.languages, pack.profile.defaultLanguage])) ?? vaccineCode
    );
  }

  /** Forgets what was in force, after a publication in this process. */
  forget(ctx: Context): void {
    if (ctx.tenant) this.known.delete(ctx.tenant.code);
  }

  private async refresh(ctx: Context, known: Promise<Programme> | undefined): Promise<Programme> {
    const before = await known?.catch(() => undefined);
    await this.bringUp(ctx);
    return this.database.readShared(ctx, async work => {
      const packId = await this.store.currentId(work);
      if (!packId) throw new AppError('STATE_FORBIDS', { state: ctx.tenant!.state });
      if (before?.packId === packId) return before;
      const pack = (await this.store.content(work, packId))!;
      return this.compiled(work, packId, pack);
    });
  }

  private async compiled(work: UnitOfWork, packId: string, pack: CountryPack): Promise<Programme> {
    const products = new Map((await this.store.products(work)).map(product => [product.code, product]));
    return { packId, pack, schedule: compileSchedule(pack.schedule), products };
  }

  /**
   * What is due comes into force on first use. When that fails, what is in force stays whole, and the next look tries
   * again.
   */
  private async bringUp(ctx: Context): Promise<void> {
    await this.comeIntoForce
      .run(ctx)
      .catch(error =>
        this.logger.error(
          { err: error, tenant: ctx.tenant?.code },
          'a programme that is due is not in force',
        ),
      );
  }
}
