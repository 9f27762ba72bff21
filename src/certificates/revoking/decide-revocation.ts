import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Jobs } from '../../platform/jobs';
import { ReadRevocations } from './read-revocations';
import { REVOKE, type RevokeParameters } from './revoke-certificates';
import { type RevocationOrder, RevocationNeedsSecondPerson } from './revocation.graphql';
import type { RevocationOrderRow } from './revocation-order';
import { RevocationOrdersStore } from './revocation-orders.store';

const DECIDE = 'certificate.decide-revocation';

export interface DecideRevocationInput {
  orderId: string;
  approved: boolean;
  reason?: string | null;
}

/** A second person says whether certificates of many people are revoked (ROLES, segregation rule 4). */
@Injectable()
export class DecideRevocation {
  constructor(
    private readonly database: Database,
    private readonly store: RevocationOrdersStore,
    private readonly read: ReadRevocations,
    private readonly jobs: Jobs,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND; CONFLICT for an order that was decided otherwise. The same decision once more changes nothing. */
  run(ctx: Context, input: DecideRevocationInput): Promise<RevocationOrder | RevocationNeedsSecondPerson> {
    may(ctx, DECIDE);
    return this.database.write(ctx, async work => {
      const order = await this.store.one(work, input.orderId);
      if (!order) throw notFound();
      if (order.requestedBy === ctx.actor.id) return this.secondPerson(ctx);
      if (!order.decision) await this.decide(ctx, work, order, input);
      const decided = (await this.store.one(work, order.id))!;
      if (decided.decision?.approved !== input.approved) throw new AppError('CONFLICT');
      return this.read.view(work, decided);
    });
  }

  private async decide(
    ctx: Context,
    work: UnitOfWork,
    { id: orderId, cause }: RevocationOrderRow,
    { approved, reason }: DecideRevocationInput,
  ): Promise<void> {
    const parameters: RevokeParameters = { orderId };
    const jobId = approved ? await this.jobs.request(ctx, work, REVOKE, parameters) : null;
    // Two at once: the second one's job is rolled back with its decision
    if (!(await this.store.decide(ctx, work, { orderId, approved, reason: reason ?? null, jobId })))
      throw new AppError('CONFLICT');
    this.audit.record(ctx, work, {
      action: DECIDE,
      resource: { type: 'revocation-order', id: orderId },
      detail: { approved, cause },
    });
  }

  private secondPerson(ctx: Context): RevocationNeedsSecondPerson {
    const message = this.texts.say(ctx, 'certificates.refusal.revocationNeedsSecondPerson');
    return Object.assign(new RevocationNeedsSecondPerson(), { message });
  }
}
