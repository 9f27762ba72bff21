import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { ErasePerson } from './erase-person';
import { type ErasureRow, ErasuresStore } from './erasures.store';
import { Hindrances } from './hindrances';
import { PrivacyRulesStore } from './privacy-rules.store';
import { ErasureDecided, ErasureHindered, ErasureNeedsSecondPerson } from './privacy.refusals';

type Refused = ErasureNeedsSecondPerson | ErasureHindered | ErasureDecided;

/** The second person's word: the person is erased, or she is not. There is no way back from the first. */
@Injectable()
export class DecideErasure {
  constructor(
    private readonly database: Database,
    private readonly store: ErasuresStore,
    private readonly rules: PrivacyRulesStore,
    private readonly hindrances: Hindrances,
    private readonly erase: ErasePerson,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for no such request. */
  run(
    ctx: Context,
    input: { personId: string; requestId: string; erase: boolean },
  ): Promise<ErasureRow | Refused> {
    may(ctx, 'erasure.decide');
    return this.database.write(ctx, async work => {
      const request = await this.store.request(work, input.personId, input.requestId);
      if (!request) throw notFound();
      const refused = await this.refusal(ctx, work, request, input.erase);
      if (refused) return refused;
      if (!(await this.store.decide(ctx, work, request, input.erase ? 'ERASED' : 'DECLINED')))
        return this.refuse(ctx, ErasureDecided, 'erasureDecided');
      if (input.erase) await this.erase.in(ctx, work, request.personId, request.ground);
      else this.declined(ctx, work, request);
      return (await this.store.request(work, request.personId, request.id))!;
    });
  }

  /** With the person's row locked, so that no hold is placed and no dose given meanwhile. */
  private async refusal(
    ctx: Context,
    work: UnitOfWork,
    { personId, state, askedBy }: ErasureRow,
    erasing: boolean,
  ): Promise<Refused | null> {
    const stands = await this.store.lock(work, personId);
    if (state !== 'ASKED' || !stands) return this.refuse(ctx, ErasureDecided, 'erasureDecided');
    if (askedBy === ctx.actor.id) return this.refuse(ctx, ErasureNeedsSecondPerson, 'erasureSecondPerson');
    if (!erasing) return null;
    const hindrances = await this.hindrances.of(work, personId, await this.rules.rules(work));
    if (hindrances.length === 0) return null;
    return Object.assign(this.refuse(ctx, ErasureHindered, 'erasureHindered'), { hindrances });
  }

  private refuse<Refusal extends object>(ctx: Context, Kind: new () => Refusal, key: string): Refusal {
    return Object.assign(new Kind(), { message: this.texts.say(ctx, `registry.refusal.${key}`) });
  }

  private declined(ctx: Context, work: UnitOfWork, { personId, id }: ErasureRow): void {
    this.audit.record(ctx, work, {
      action: 'erasure.decline',
      resource: { type: 'erasure-request', id },
      personId,
    });
  }
}
