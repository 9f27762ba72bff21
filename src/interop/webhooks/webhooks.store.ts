import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { UnitOfWork } from '../../platform/database';

export type WebhookState = 'UNPROVEN' | 'ACTIVE' | 'STOPPED';
export type MessageState = 'WAITING' | 'DELIVERED' | 'DEAD';

export interface WebhookRow {
  partnerId: string;
  id: string;
  url: string;
  /** Closed by the key port. */
  secret: Buffer;
  formerSecret: Buffer | null;
  formerUntil: Date | null;
  state: WebhookState;
  createdAt: Date;
}

export interface MessageRow {
  partnerId: string;
  webhookId: string;
  id: string;
  unitId: string;
  sequence: number;
  body: string;
  state: MessageState;
  attempts: number;
  nextAttemptAt: Date;
  lastFault: string | null;
  deliveredAt: Date | null;
  createdAt: Date;
}

/** How a webhook stands. */
export interface WebhookCounts {
  webhookId: string;
  waiting: number;
  dead: number;
}

const WEBHOOK = `partner_id AS "partnerId", id, url, secret, former_secret AS "formerSecret",
  former_until AS "formerUntil", state, created_at AS "createdAt"`;
const MESSAGE = `m.partner_id AS "partnerId", m.webhook_id AS "webhookId", m.id, m.unit_id AS "unitId", m.sequence, m.body,
  m.state, m.attempts, m.next_attempt_at AS "nextAttemptAt", m.last_fault AS "lastFault",
  m.delivered_at AS "deliveredAt", m.created_at AS "createdAt"`;
/** Messages that are shown at most. */
const SHOWN = 100;

@Injectable()
export class WebhooksStore {
  webhooks(work: UnitOfWork, partnerId: string): Promise<WebhookRow[]> {
    return work.query(`SELECT ${WEBHOOK} FROM webhook WHERE partner_id = $1 ORDER BY id`, [partnerId]);
  }

  async webhook(work: UnitOfWork, partnerId: string, id: string): Promise<WebhookRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<WebhookRow>(
      `SELECT ${WEBHOOK} FROM webhook WHERE partner_id = $1 AND id = $2`,
      [partnerId, id],
    );
    return row ?? null;
  }

  async save(work: UnitOfWork, row: WebhookRow): Promise<void> {
    await work.query(
      `INSERT INTO webhook (partner_id, id, url, secret, former_secret, former_until, state, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (partner_id, id) DO UPDATE SET secret = excluded.secret, former_secret = excluded.former_secret,
         former_until = excluded.former_until, state = excluded.state`,
      [
        row.partnerId,
        row.id,
        row.url,
        row.secret,
        row.formerSecret,
        row.formerUntil,
        row.state,
        row.createdAt,
      ],
    );
  }

  /** Whether an account is a partner that is told anything. */
  async isTold(work: UnitOfWork, accountId: string): Promise<boolean> {
    if (!isId(accountId)) return false;
    const rows = await work.query(
      `SELECT 1 FROM webhook WHERE partner_id = $1 AND state = 'ACTIVE' LIMIT 1`,
      [accountId],
    );
    return rows.length > 0;
  }

  async stopAll(work: UnitOfWork, partnerId: string): Promise<void> {
    await work.query(`UPDATE webhook SET state = 'STOPPED' WHERE partner_id = $1 AND state = 'ACTIVE'`, [
      partnerId,
    ]);
  }

  counts(work: UnitOfWork, partnerId: string): Promise<WebhookCounts[]> {
    return work.query(
      `SELECT webhook_id AS "webhookId", count(*) FILTER (WHERE state = 'WAITING')::int AS waiting,
         count(*) FILTER (WHERE state = 'DEAD')::int AS dead
       FROM webhook_message WHERE partner_id = $1 AND state <> 'DELIVERED' GROUP BY webhook_id`,
      [partnerId],
    );
  }

  /** The newest messages of a webhook, in one state when it is given. */
  messages(
    work: UnitOfWork,
    { partnerId, id }: Pick<WebhookRow, 'partnerId' | 'id'>,
    state: MessageState | null,
  ): Promise<MessageRow[]> {
    return work.query(
      `SELECT ${MESSAGE} FROM webhook_message m
       WHERE m.partner_id = $1 AND m.webhook_id = $2 AND ($3::text IS NULL OR m.state = $3)
       ORDER BY m.id DESC LIMIT ${SHOWN}`,
      [partnerId, id, state],
    );
  }

  /**
   * Adds what happened to a unit to each active webhook of a partner; not where what was told last is as new or newer, so
   * that nobody is told something older after something newer. `happenedAt` is null for what is no status: it comes after
   * what was told last and stands in nothing's way.
   */
  async add(
    work: UnitOfWork,
    told: {
      partnerId: string;
      unitId: string;
      happenedAt: number | null;
      body: (sequence: number) => string;
    },
    message: { newId: () => string; at: Date },
  ): Promise<void> {
    const due = await work.query<{ id: string; sequence: number; happenedAt: string }>(
      `SELECT w.id, 1 + coalesce(max(m.sequence), 0) AS sequence, coalesce($3::bigint, max(m.happened_at), 0) AS "happenedAt" FROM webhook w LEFT JOIN webhook_message m
         ON m.partner_id = w.partner_id AND m.webhook_id = w.id AND m.unit_id = $2
       WHERE w.partner_id = $1 AND w.state = 'ACTIVE' GROUP BY w.id HAVING max(m.happened_at) IS NULL OR max(m.happened_at) < coalesce($3::bigint, max(m.happened_at) + 1)`,
      [told.partnerId, told.unitId, told.happenedAt],
    );
    for (const { id, sequence, happenedAt } of due)
      await work.query(
        `INSERT INTO webhook_message (partner_id, webhook_id, id, unit_id, sequence, happened_at, body, state, attempts,
           next_attempt_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'WAITING', 0, $8, $8)`,
        [
          told.partnerId,
          id,
          message.newId(),
          told.unitId,
          sequence,
          happenedAt,
          told.body(sequence),
          message.at,
        ],
      );
  }

  /**
   * Takes messages that are due, the first of each unit only, and counts the attempt. Until `lease` nobody else takes them;
   * what a process took that died is taken again after it.
   */
  async take(work: UnitOfWork, now: Date, lease: Date, most: number): Promise<MessageRow[]> {
    return work.query(
      `UPDATE webhook_message m SET attempts = m.attempts + 1, next_attempt_at = $2
       FROM (SELECT partner_id, webhook_id, id FROM webhook_message due
             WHERE state = 'WAITING' AND next_attempt_at <= $1
               AND EXISTS (SELECT 1 FROM webhook w WHERE w.partner_id = due.partner_id AND w.id = due.webhook_id
                           AND w.state = 'ACTIVE')
               AND NOT EXISTS (SELECT 1 FROM webhook_message earlier
                 WHERE earlier.partner_id = due.partner_id AND earlier.webhook_id = due.webhook_id
                   AND earlier.unit_id = due.unit_id AND earlier.state = 'WAITING' AND earlier.sequence < due.sequence)
             ORDER BY next_attempt_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) taken
       WHERE m.partner_id = taken.partner_id AND m.webhook_id = taken.webhook_id AND m.id = taken.id
       RETURNING ${MESSAGE}`,
      [now, lease, most],
    );
  }

  async delivered(work: UnitOfWork, { partnerId, webhookId, id }: MessageRow, now: Date): Promise<void> {
    await work.query(
      `UPDATE webhook_message SET state = 'DELIVERED', delivered_at = $4, last_fault = NULL
       WHERE partner_id = $1 AND webhook_id = $2 AND id = $3`,
      [partnerId, webhookId, id, now],
    );
  }

  /** Not delivered: again at `next`, and the webhook's other messages not before; dead when it is null. */
  async failed(work: UnitOfWork, message: MessageRow, fault: string, next: Date | null): Promise<void> {
    const { partnerId, webhookId, id } = message;
    await work.query(
      `UPDATE webhook_message SET state = CASE WHEN $5::timestamptz IS NULL THEN 'DEAD' ELSE state END,
         last_fault = $4, next_attempt_at = coalesce($5, next_attempt_at)
       WHERE partner_id = $1 AND webhook_id = $2 AND id = $3`,
      [partnerId, webhookId, id, fault, next],
    );
    if (next)
      await work.query(
        `UPDATE webhook_message SET next_attempt_at = $3
         WHERE partner_id = $1 AND webhook_id = $2 AND state = 'WAITING' AND attempts = 0 AND next_attempt_at < $3`,
        [partnerId, webhookId, next],
      );
  }

  /** Everything told since is told again, in order, each with the id that it had; how many. */
  async replay(
    work: UnitOfWork,
    { partnerId, id }: Pick<WebhookRow, 'partnerId' | 'id'>,
    since: Date,
    now: Date,
  ): Promise<number> {
    const again = await work.query(
      `UPDATE webhook_message m SET state = 'WAITING', attempts = 0, next_attempt_at = $4, last_fault = NULL
       FROM (SELECT unit_id, min(sequence) AS first FROM webhook_message
             WHERE partner_id = $1 AND webhook_id = $2 AND created_at >= $3 GROUP BY unit_id) from_here
       WHERE m.partner_id = $1 AND m.webhook_id = $2 AND m.unit_id = from_here.unit_id
         AND m.sequence >= from_here.first RETURNING m.id`,
      [partnerId, id, since, now],
    );
    return again.length;
  }

  /** Forgets what was delivered or died before, but the last that each unit was told; how many. */
  async forget(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM webhook_message WHERE (partner_id, webhook_id, id) IN (
         SELECT m.partner_id, m.webhook_id, m.id FROM webhook_message m
         WHERE m.created_at < $1 AND m.state <> 'WAITING'
           AND EXISTS (SELECT 1 FROM webhook_message later WHERE later.partner_id = m.partner_id
             AND later.webhook_id = m.webhook_id AND later.unit_id = m.unit_id AND later.sequence > m.sequence)
         LIMIT $2) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }
}
