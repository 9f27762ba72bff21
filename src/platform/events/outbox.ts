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
  async announce<Payload extends object>(
    ctx: Context,
    work: UnitOfWork,
    fact: FactType<Payload>,
    aggregateId: string,
    payload: Payload,
  ): Promise<void> {
    await work.query(
      `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at) VALUES ($1, $2, $3, $4, $5)`,
      [ctx.newId(), fact.type, aggregateId, JSON.stringify(payload), ctx.now()],
    );
    this.nudge.soon();
  }
}
