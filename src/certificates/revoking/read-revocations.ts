import { Injectable } from '@nestjs/common';
import { type Page, pageOf, type PageRequest } from '../../common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Jobs } from '../../platform/jobs';
import { DosesInScope } from './doses-in-scope';
import { RevocationOrder } from './revocation.graphql';
import type { OrderState, RevocationOrderRow } from './revocation-order';
import { RevocationOrdersStore } from './revocation-orders.store';

/** Orders to revoke certificates of many people, and how far they are. They name nobody but by number. */
@Injectable()
export class ReadRevocations {
  constructor(
    private readonly database: Database,
    private readonly store: RevocationOrdersStore,
    private readonly scope: DosesInScope,
    private readonly jobs: Jobs,
  ) {}

  /** Newest first. */
  page(ctx: Context, page: PageRequest): Promise<Page<RevocationOrder>> {
    may(ctx, 'certificate.request-revocation');
    return this.database.read(ctx, async work => {
      const { items, endCursor } = pageOf(await this.store.page(work, page), page.first, ({ id }) => id);
      const views: RevocationOrder[] = [];
      for (const item of items) views.push(await this.view(work, item));
      return { items: views, endCursor };
    });
  }

  /** An order as its readers get it. For whoever has checked the permission. */
  async view(work: UnitOfWork, order: RevocationOrderRow): Promise<RevocationOrder> {
    const { scope, decision } = order;
    const state = await this.stateOf(work, order);
    return Object.assign(new RevocationOrder(), {
      id: order.id,
      cause: order.cause,
      lotId: scope.kind === 'lot' ? scope.lotId : null,
      recorder: scope.kind === 'recorder' ? scope.recorder : null,
      facilityId: scope.kind === 'recorder' ? scope.facilityId : null,
      from: scope.kind === 'recorder' ? scope.from : null,
      until: scope.kind === 'recorder' ? scope.until : null,
      numbers: scope.kind === 'numbers' ? [...scope.numbers] : [],
      reason: order.reason,
      requestedAt: order.requestedAt,
      decidedAt: decision?.decidedAt ?? null,
      answer: decision?.reason ?? null,
      state,
      doses: state === 'WAITING' ? await this.scope.count(work, scope) : order.excluded,
      excluded: order.excluded,
    });
  }

  private async stateOf(work: UnitOfWork, { decision }: RevocationOrderRow): Promise<OrderState> {
    if (!decision) return 'WAITING';
    const job = decision.jobId ? await this.jobs.one(work, decision.jobId) : null;
    if (!decision.approved) return 'REFUSED';
    if (!job || job.state === 'DONE') return 'DONE';
    return job.state === 'WAITING' || job.state === 'RUNNING' ? 'RUNNING' : 'FAILED';
  }
}
