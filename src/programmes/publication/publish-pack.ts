import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { type PackRow, ProgrammesStore } from '../programmes.store';
import {
  CountryPackPublishedMeanwhile,
  EffectiveDateTooEarly,
  type PublicationRefusal,
  SAID,
} from './publication.refusals';
import { type PublicationRow, PublicationsStore } from './publications.store';
import { PutOnRecord } from './put-on-record';
import { today } from './readiness';

/** Publishes a draft that others made, without a proposal; or goes back to the pack that was in force before. */
@Injectable()
export class PublishPack {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
    private readonly record: PutOnRecord,
  ) {}

  /**
   * As the second person: whoever drafted or edited the pack cannot. `effectiveOn` absent: today. Publishing what is in
   * force already changes nothing. Throws NOT_FOUND, INVALID_INPUT with the refusal, CONFLICT for another publication at
   * the same moment.
   */
  async publish(ctx: Context, input: { id: string; effectiveOn?: CivilDate }): Promise<PackRow> {
    may(ctx, 'pack.publish');
    return this.settled(ctx, input.id, async work => {
      const pack = await this.store.pack(work, input.id);
      if (!pack) throw notFound();
      const effectiveOn = input.effectiveOn ?? today(ctx);
      if (pack.current && effectiveOn === today(ctx)) return null;
      const wanted = { packId: pack.id, effectiveOn, note: null, proposalId: null };
      return this.record.asSecondPerson(ctx, work, wanted);
    });
  }

  /**
   * One person is enough: two had wanted that pack before. Takes effect at once; what is scheduled stays scheduled.
   * Throws STATE_FORBIDS when no other pack was in force before, CONFLICT as {@link publish}.
   */
  async rollBack(ctx: Context, input: { reason: string }): Promise<PackRow> {
    may(ctx, 'pack.publish');
    return this.settled(ctx, null, async work => {
      const packId = await this.publications.previousPackId(work);
      if (!packId) throw new AppError('STATE_FORBIDS', { state: ctx.tenant!.state });
      const { reason } = input;
      const publication = {
        packId,
        kind: 'ROLLBACK' as const,
        reason,
        proposalId: null,
        effectiveAt: ctx.now(),
      };
      return this.record.publish(ctx, work, publication);
    });
  }

  /** The pack after what `publish` did; its refusal as an error, for fields that promised nothing but a pack. */
  private async settled(
    ctx: Context,
    packId: string | null,
    publish: (work: UnitOfWork) => Promise<PublicationRow | PublicationRefusal | null>,
  ): Promise<PackRow> {
    const answer = await orRefusal<PackRow | PublicationRefusal, PublicationRefusal>(() =>
      this.database.write(ctx, async work => {
        const published = await publish(work);
        if (published && !('number' in published)) return published;
        return (await this.store.pack(work, published?.packId ?? packId!))!;
      }),
    );
    if ('message' in answer) throw errorOf(answer);
    await this.record.afterwards(ctx);
    return answer;
  }
}

function errorOf(refusal: PublicationRefusal): AppError {
  if (refusal instanceof CountryPackPublishedMeanwhile) return new AppError('CONFLICT');
  const [key, params] = SAID.get(refusal.constructor)!(refusal as never);
  return invalid(refusal instanceof EffectiveDateTooEarly ? 'effectiveOn' : 'id', key, params as never);
}
