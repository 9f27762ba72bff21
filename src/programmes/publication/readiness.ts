import { Injectable } from '@nestjs/common';
import { civilDayOf, type CivilDate } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { type CountryPack, packHash, scheduleHash } from '../country-pack';
import { FaultWords } from '../drafts/fault-words';
import { obstaclesOf } from '../drafts/pack-findings';
import { ProgrammesStore } from '../programmes.store';
import { CountryPackNotReady, CountryPackVersionTaken, EffectiveDateTooEarly } from './publication.refusals';
import { PublicationsStore } from './publications.store';
import { Refuse } from './refuse';

/** What must be true of a pack when it is proposed, and again when it is published. */
@Injectable()
export class Readiness {
  constructor(
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
    private readonly words: FaultWords,
    private readonly refuse: Refuse,
  ) {}

  /**
   * The first reason why the pack cannot come into force on that day; null when it can. Throws INVALID_INPUT when a
   * code of it was a vaccine's and is a supply's, or the other way round: the ledger would count it in two units.
   */
  async refusal(
    ctx: Context,
    work: UnitOfWork,
    { packId, effectiveOn }: { packId: string; effectiveOn: CivilDate },
  ): Promise<EffectiveDateTooEarly | CountryPackNotReady | CountryPackVersionTaken | null> {
    const earliest = today(ctx);
    if (effectiveOn < earliest) return this.refuse.with(ctx, EffectiveDateTooEarly, { earliest });
    const pack = (await this.store.content(work, packId))!;
    const changed = await this.store.unitsChanged(work, pack);
    if (changed.length > 0)
      throw invalid('packId', 'programmes.invalid.unitChanged', { codes: changed.join(', ') });
    const { lint, golden } = obstaclesOf(pack);
    if (lint.length > 0 || golden.length > 0)
      return this.refuse.with(ctx, CountryPackNotReady, {
        lint: lint.map(finding => this.words.lint(ctx, finding)),
        golden: golden.map(outcome => this.words.golden(outcome)),
      });
    return this.versionTaken(ctx, work, packId, pack);
  }

  /** Takes the pack's versions for it; what was published under one of them before with other content refuses. */
  async claimVersions(
    ctx: Context,
    work: UnitOfWork,
    packId: string,
  ): Promise<CountryPackVersionTaken | null> {
    const pack = (await this.store.content(work, packId))!;
    for (const { of, version } of versionsOf(pack)) await this.publications.claim(work, of, version, packId);
    return this.versionTaken(ctx, work, packId, pack);
  }

  private async versionTaken(
    ctx: Context,
    work: UnitOfWork,
    packId: string,
    pack: CountryPack,
  ): Promise<CountryPackVersionTaken | null> {
    for (const { of, version, hash } of versionsOf(pack)) {
      const holder = await this.publications.published(work, of, version);
      if (holder === null || holder === packId) continue;
      if (hash((await this.store.content(work, holder))!) === hash(pack)) continue;
      const held = (await this.store.pack(work, holder))!;
      return this.refuse.with(ctx, CountryPackVersionTaken, { of, version, pack: held });
    }
    return null;
  }
}

/** A dose's record names the schedule it was weighed by with code and version; people name a pack with its version. */
const versionsOf = ({ version, schedule }: CountryPack) => [
  { of: 'pack', version, hash: packHash },
  { of: `schedule ${schedule.code}`, version: schedule.version, hash: scheduleHash },
];

/** The civil day it is in the country. */
export const today = (ctx: Context): CivilDate => civilDayOf(ctx.now(), ctx.tenant!.timeZone);
