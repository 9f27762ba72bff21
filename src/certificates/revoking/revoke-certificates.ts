import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type JobAtHand, type JobPart, Jobs, type SliceDone } from '../../platform/jobs';
import { IssueCertificate } from '../issue-certificate';
import { type DoseInScope, DosesInScope } from './doses-in-scope';
import { ExclusionsStore } from './exclusions.store';
import { RevocationOrdersStore } from './revocation-orders.store';

export const REVOKE = 'certificates.revoke-many';
/** Doses in one slice: each person's certificate is signed anew, which takes some milliseconds. */
const TOGETHER = 50;

export interface RevokeParameters {
  orderId: string;
}
type Cursor = { after: DoseInScope | null };

/**
 * Certifies the doses of an order no more, person by person: each gets a certificate of what is left in the same act, and
 * every list of revocations has the old one from then on.
 */
@Injectable()
export class RevokeCertificates implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly orders: RevocationOrdersStore,
    private readonly scope: DosesInScope,
    private readonly exclusions: ExclusionsStore,
    private readonly issue: IssueCertificate,
  ) {}

  onModuleInit(): void {
    this.jobs.on<RevokeParameters, Cursor>(REVOKE, {
      plan: (_ctx, work, job) => this.plan(work, job),
      slice: (ctx, work, job) => this.slice(ctx, work, job),
    });
  }

  private async plan(
    work: UnitOfWork,
    { parameters }: JobAtHand<RevokeParameters>,
  ): Promise<JobPart<Cursor>[]> {
    const order = (await this.orders.one(work, parameters.orderId))!;
    return [{ cursor: { after: null }, total: await this.scope.count(work, order.scope) }];
  }

  /** Those who lock several people at once do so in the order of their ids, here as elsewhere. */
  private async slice(
    ctx: Context,
    work: UnitOfWork,
    { parameters, cursor }: JobAtHand<RevokeParameters> & { cursor: Cursor },
  ): Promise<SliceDone<Cursor>> {
    const order = (await this.orders.one(work, parameters.orderId))!;
    const doses = await this.scope.after(work, order.scope, cursor.after, TOGETHER);
    await this.exclusions.add(ctx, work, doses, order);
    for (const personId of new Set(doses.map(dose => dose.personId)))
      await this.issue.within(ctx, work, { personId, factId: ctx.newId(), cause: order.cause });
    const last = doses.at(-1);
    const after = last && { personId: last.personId, vaccinationId: last.vaccinationId };
    return { cursor: after && doses.length === TOGETHER ? { after } : null, done: doses.length };
  }
}
