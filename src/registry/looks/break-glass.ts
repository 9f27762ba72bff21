import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type Page, type PageRequest, pageOf } from '../../common';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { PrivacyRulesStore } from '../privacy/privacy-rules.store';
import { glassBroken } from '../registry.events';
import { StaffPlace } from '../staff-place';
import { type BreakGlassRow, BreakGlassStore, type Finding } from './break-glass.store';
import { ReviewNeedsSecondPerson, ReviewedBefore } from './looks.refusals';

/**
 * Somebody needs more records than a day allows, now, and says why. She has them for a while; the officer is told at
 * once; everything she is shown under it says so in the trail; and another person finds whether she was right.
 */
@Injectable()
export class BreakGlass {
  constructor(
    private readonly database: Database,
    private readonly staffPlace: StaffPlace,
    private readonly store: BreakGlassStore,
    private readonly rules: PrivacyRulesStore,
    private readonly outbox: Outbox,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws as {@link StaffPlace.of}. */
  run(
    ctx: Context,
    input: { facilityId: string; reason: string; idempotencyKey: string },
  ): Promise<BreakGlassRow> {
    mayAnywhere(ctx, 'look.break-glass');
    const { idempotencyKey, ...request } = input;
    return this.database.write(ctx, async work => {
      const at = await this.staffPlace.of(ctx, work, 'look.break-glass', input.facilityId);
      const facilityId = at!.facilityId;
      const made = await once(ctx, work, idempotencyKey, request, async () => {
        const { minutes } = (await this.rules.rules(work)).breakGlass;
        const until = new Date(ctx.now().getTime() + minutes * 60_000);
        const id = await this.store.open(ctx, work, { facilityId, reason: input.reason, until });
        this.audit.record(ctx, work, {
          action: 'look.break-glass',
          resource: { type: 'break-glass', id },
          facilityId,
          detail: { minutes },
        });
        this.outbox.announce(ctx, work, glassBroken, ctx.actor.id!, {
          staffId: ctx.actor.id!,
          facilityId,
          id,
        });
        return id;
      });
      return (await this.store.one(work, facilityId, made!.id))!;
    });
  }

  /** Newest first. */
  page(ctx: Context, reviewed: boolean, page: PageRequest): Promise<Page<BreakGlassRow>> {
    may(ctx, 'look.review');
    return this.database.read(ctx, async work =>
      pageOf(await this.store.page(work, reviewed, page), page.first, ({ id }) => id),
    );
  }

  /** Whoever broke it does not review it. Throws NOT_FOUND. */
  review(
    ctx: Context,
    input: { facilityId: string; id: string; finding: Finding },
  ): Promise<BreakGlassRow | ReviewNeedsSecondPerson | ReviewedBefore> {
    may(ctx, 'look.review');
    return this.database.write(ctx, async work => {
      const row = await this.store.one(work, input.facilityId, input.id);
      if (!row) throw notFound();
      if (row.staffId === ctx.actor.id)
        return this.refuse(ctx, ReviewNeedsSecondPerson, 'reviewSecondPerson');
      if (!(await this.store.review(ctx, work, row, input.finding)))
        return this.refuse(ctx, ReviewedBefore, 'reviewedBefore');
      this.audit.record(ctx, work, {
        action: 'look.review',
        resource: { type: 'break-glass', id: row.id },
        facilityId: row.facilityId,
        detail: { finding: input.finding },
      });
      return (await this.store.one(work, row.facilityId, row.id))!;
    });
  }

  private refuse<Refusal extends object>(ctx: Context, Kind: new () => Refusal, key: string): Refusal {
    return Object.assign(new Kind(), { message: this.texts.say(ctx, `registry.refusal.${key}`) });
  }
}
