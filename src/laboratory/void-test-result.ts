import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places } from '../facilities';
import { isAllowed, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { notFound } from '../platform/errors';
import { Outbox } from '../platform/events';
import { Texts } from '../platform/i18n';
import { resultVoided } from './laboratory.events';
import { ResultNeedsSecondPerson } from './test-result.graphql';
import type { TestResultRecord } from './test-result';
import { mayVoidResult } from './test-result-rules';
import { TestResultsStore } from './test-results.store';

const VOID = 'test-result.void';

/** A result is not so. It stays, and a fact beside it says so; what was certified of it is revoked. */
@Injectable()
export class VoidTestResult {
  constructor(
    private readonly database: Database,
    private readonly store: TestResultsStore,
    private readonly places: Places,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such result within the caller's reach. One that was voided before is answered as it is. */
  async run(
    ctx: Context,
    { personId, resultId, reason }: { personId: string; resultId: string; reason: string },
  ): Promise<TestResultRecord | ResultNeedsSecondPerson> {
    mayAnywhere(ctx, VOID);
    return this.database.write(ctx, async work => {
      const result = await this.store.one(work, personId, resultId);
      if (!result || !isAllowed(ctx, VOID, await this.places.of(work, result.facilityId))) throw notFound();
      if (result.voidedAt) return result;
      if (!mayVoidResult(result, ctx.actor.id ?? ctx.actor.kind, ctx.now())) return this.secondPerson(ctx);
      if (await this.store.void(ctx, work, result, reason)) {
        this.audit.record(ctx, work, {
          action: VOID,
          resource: { type: 'test-result', id: result.id },
          personId,
          facilityId: result.facilityId,
          detail: { reason },
        });
        this.outbox.announce(ctx, work, resultVoided, personId, { personId, resultId: result.id });
      }
      return (await this.store.one(work, personId, resultId))!;
    });
  }

  private secondPerson(ctx: Context): ResultNeedsSecondPerson {
    const message = this.texts.say(ctx, 'laboratory.refusal.resultNeedsSecondPerson');
    return Object.assign(new ResultNeedsSecondPerson(), { message });
  }
}
