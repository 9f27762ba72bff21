import { Injectable } from '@nestjs/common';
import { type CivilDate, startOfDay } from '../../common';
import { AuditTrail } from '../../audit';
import { CountryWords } from '../../localisation';
import type { Context } from '../../platform/context';
import { Refused, type UnitOfWork } from '../../platform/database';
import { ConfigureTenant } from '../../tenancy';
import { Programmes } from '../programmes';
import { ProgrammesStore } from '../programmes.store';
import { ComeIntoForce } from './come-into-force';
import {
  CountryPackPublishedMeanwhile,
  type PublicationRefusal,
  CountryPackNeedsSecondPerson,
} from './publication.refusals';
import { type NewPublication, type PublicationRow, PublicationsStore } from './publications.store';
import { Readiness } from './readiness';
import { Refuse } from './refuse';

/** What every way of publishing ends in: a numbered publication, in force at once or on its day. */
@Injectable()
export class PutOnRecord {
  constructor(
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
    private readonly readiness: Readiness,
    private readonly comeIntoForce: ComeIntoForce,
    private readonly refuse: Refuse,
    private readonly audit: AuditTrail,
    private readonly programmes: Programmes,
    private readonly words: CountryWords,
    private readonly configure: ConfigureTenant,
  ) {}

  /**
   * As the second person. `involved` are others who had a part in it besides those who drafted the pack. A refusal that
   * comes after something was written is thrown ({@link Refused}), so that nothing of it stays.
   */
  async asSecondPerson(
    ctx: Context,
    work: UnitOfWork,
    wanted: { packId: string; effectiveOn: CivilDate; note: string | null; proposalId: string | null },
    involved: readonly string[] = [],
  ): Promise<PublicationRow | PublicationRefusal> {
    const { packId, effectiveOn, note, proposalId } = wanted;
    const people = [...new Set([...(await this.store.draftersOf(work, packId)), ...involved])];
    if (ctx.actor.id === null || people.includes(ctx.actor.id))
      return this.refuse.with(ctx, CountryPackNeedsSecondPerson, { involved: people });
    const refusal = await this.readiness.refusal(ctx, work, { packId, effectiveOn });
    if (refusal) return refusal;
    const taken = await this.readiness.claimVersions(ctx, work, packId);
    if (taken) throw new Refused(taken);
    const effectiveAt = startOfDay(effectiveOn, ctx.tenant!.timeZone);
    return this.publish(ctx, work, { packId, kind: 'PUBLISH', reason: note, proposalId, effectiveAt });
  }

  /** Throws {@link Refused} when somebody else publishes at the same moment. */
  async publish(ctx: Context, work: UnitOfWork, publication: NewPublication): Promise<PublicationRow> {
    const row = await this.publications.publish(ctx, work, publication);
    if (!row) throw new Refused(this.refuse.with(ctx, CountryPackPublishedMeanwhile, {}));
    this.audit.record(ctx, work, {
      action: `pack.${publication.kind.toLowerCase()}`,
      resource: { type: 'country-pack', id: publication.packId },
      detail: { publication: row.number, effectiveAt: row.effectiveAt.toISOString() },
    });
    const atOnce = publication.effectiveAt <= ctx.now();
    await this.comeIntoForce.in(ctx, work, atOnce ? row.effectiveAt : ctx.now());
    return (await this.publications.publication(work, row.id))!;
  }

  /** After the commit: this process knows at once, and a country's first programme makes it configured. */
  async afterwards(ctx: Context): Promise<void> {
    this.programmes.forget(ctx);
    this.words.forget(ctx);
    await this.configure.run(ctx);
  }
}
