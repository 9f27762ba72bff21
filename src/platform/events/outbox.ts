import { Injectable } from '@nestjs/common';
import type { Context } from '../context';
import type { UnitOfWork } from '../database';
import type { FactType } from './facts';
import { Nudge } from './nudge';

/** Announces facts: a row in the same transaction as the change, carried on by the relay after it. */
@Injectable()
export class Outbox {
  constructor(private readonly nudge: Nudge) {}

  /** Stores the fact in `work`. The payload holds ids and codes only: whoever listens reads what it may. */
  announce<Payload extends object>(
    ctx: Context,
    work: UnitOfWork,
    fact: FactType<Payload>,
    aggregateId: string,
    payload: Payload,
  ): void {
    work.gather(storeFacts, {
      id: ctx.newId(),
      type: fact.type,
      aggregate_id: aggregateId,
      payload,
      occurred_at: ctx.now(),
    });
    this.nudge.soon();
  }
}

async function storeFacts(work: UnitOfWork, facts: readonly object[]): Promise<void> {
  await work.query(
    `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at)
     SELECT id, type, aggregate_id, payload, occurred_at
     FROM json_to_recordset($1::json) AS f(id uuid, type text, aggregate_id text, payload jsonb, occurred_at timestamptz)`,
    [JSON.stringify(facts)],
  );
}
