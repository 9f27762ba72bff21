import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { CivilDate } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import type { Decision, DoseCall } from '../recording/dose-call';
import { causeOf, type PendingCause } from './pending-rules';
import { PendingStore, type PendingSource } from './pending.store';

/** What is kept of a dose that was told, should it not be recorded. */
export interface Told {
  clientId: string;
  content: object;
  /** Null when it cannot be said. */
  givenOn: CivilDate | null;
}

/** Nothing that was told is lost: what cannot be recorded is pending, at the facility where it was given. */
@Injectable()
export class KeepPending {
  constructor(
    private readonly store: PendingStore,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * In the transaction of the decisions. The ids of what is pending, null for the others: a dose that is recorded now is
   * no longer pending, and what the caller may not do leaves no trace.
   */
  async run(
    work: UnitOfWork,
    source: PendingSource,
    decided: readonly { call: DoseCall; told: Told; decision: Decision }[],
  ): Promise<(string | null)[]> {
    const open = decided.filter(({ decision }) => causeOfDecision(decision) !== null);
    const ids = await this.store.keep(
      work,
      open.map(({ call: { ctx, input, past }, told, decision }) => ({
        id: ctx.newId(),
        facilityId: input.facilityId,
        toldBy: past!.keyOwner,
        source,
        cause: causeOfDecision(decision)!,
        at: ctx.now(),
        ...told,
      })),
    );
    open.forEach(({ call, decision }, index) =>
      this.note(work, call, ids[index]!, causeOfDecision(decision)!),
    );
    await this.store.recorded(
      work,
      decided.flatMap(({ call: { ctx, input, past }, told, decision }) =>
        'dose' in decision
          ? [
              {
                facilityId: input.facilityId,
                toldBy: past!.keyOwner,
                clientId: told.clientId,
                vaccinationId: decision.dose.id,
                personId: decision.dose.personId,
                at: ctx.now(),
                by: ctx.actor.id,
              },
            ]
          : [],
      ),
    );
    const idOf = new Map(open.map((one, index) => [one, ids[index]!]));
    return decided.map(one => idOf.get(one) ?? null);
  }

  private note(work: UnitOfWork, { ctx, input }: DoseCall, id: string, cause: PendingCause): void {
    this.audit.record(ctx, work, {
      action: 'vaccination.keep-pending',
      resource: { type: 'pending-dose', id },
      facilityId: input.facilityId,
      detail: { cause },
    });
  }
}

function causeOfDecision(decision: Decision): PendingCause | null {
  if ('refusal' in decision) return causeOf({ refusal: decision.refusal.constructor.name });
  if (!('error' in decision) || !decision.allowed) return null;
  return causeOf({ code: decision.error instanceof AppError ? decision.error.code : '' });
}
