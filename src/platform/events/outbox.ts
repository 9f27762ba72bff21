import { Injectable } from '@nestjs/common';
import { firstIdAt } from '../../common';
import type { Context } from '../context';
import { MANY, type UnitOfWork } from '../database';
import type { FactType } from './facts';
import { Nudge } from './nudge';

/** How long a fact that was carried is kept, to see what was told when. */
const KEPT_DAYS = 7;

/** Announces facts: a row in the same transaction as the change, carried on by the relay after it. */
@Injectable()
export class Outbox {
  constructor(private readonly nudge: Nudge) {}

  /** Stores the fact in `work`; its id. The payload holds ids and codes only: whoever listens reads what it may. */
  announce<Payload extends object>(
    ctx: Context,
    work: UnitOfWork,
    fact: FactType<Payload>,
    aggregateId: string,
    payload: Payload,
  ): string {
    const id = ctx.newId();
    work.gather(storeFacts, {
      id,
      type: fact.type,
      aggregate_id: aggregateId,
      payload,
      occurred_at: ctx.now(),
    });
    this.nudge.soon();
    return id;
  }

  /** Forgets facts that were announced a week ago and have been carried, `most` of them at the most; how many. */
  async forgetCarried(ctx: Context, work: UnitOfWork, most: number): Promise<number> {
    const before = firstIdAt(new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000));
    const gone = await work.query(
      `DELETE FROM outbox_event WHERE id = ANY (ARRAY(
         SELECT id FROM outbox_event WHERE id < $1 AND delivered_at IS NOT NULL ORDER BY id LIMIT $2)) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }
}

/** A fact as it is stored, named by its columns. */
interface StoredFact {
  id: string;
  type: string;
  aggregate_id: string;
  payload: object;
  occurred_at: Date;
}

async function storeFacts(work: UnitOfWork, facts: readonly StoredFact[]): Promise<void> {
  if (facts.length >= MANY)
    return work.copy(
      'outbox_event (id, type, aggregate_id, payload, occurred_at)',
      facts.map(fact => [fact.id, fact.type, fact.aggregate_id, fact.payload, fact.occurred_at]),
    );
  await work.query(
    `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at)
     SELECT id, type, aggregate_id, payload, occurred_at
     FROM json_to_recordset($1::json) AS f(id uuid, type text, aggregate_id text, payload jsonb, occurred_at timestamptz)`,
    [JSON.stringify(facts)],
  );
}
