import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { PartnerChecks } from '../../identity';
import { may, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { KeyManagement } from '../../platform/keys';
import { Outbound } from '../../platform/outbound';
import { sealOf, SendWebhooks } from './send-webhooks';
import { Webhook, WebhookMessage, WebhookNotTaken, WebhookSecret } from './webhook.graphql';
import { FORMER_MS, SECRET_BYTES, secretText } from './webhook-rules';
import { type MessageState, type WebhookRow, WebhooksStore } from './webhooks.store';

/** Webhooks that a partner may have. */
const MOST = 5;

/** A partner's webhooks: where it wants to be told, and what became of that. */
@Injectable()
export class KeepWebhooks {
  constructor(
    private readonly database: Database,
    private readonly store: WebhooksStore,
    private readonly sending: SendWebhooks,
    private readonly checks: PartnerChecks,
    private readonly outbound: Outbound,
    private readonly keys: KeyManagement,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  mine(ctx: Context): Promise<Webhook[]> {
    const partnerId = this.owner(ctx);
    return this.database.read(ctx, async work => {
      const [rows, counts] = [
        await this.store.webhooks(work, partnerId),
        await this.store.counts(work, partnerId),
      ];
      return rows.map(row => {
        const { waiting = 0, dead = 0 } = counts.find(({ webhookId }) => webhookId === row.id) ?? {};
        return Object.assign(shown(row), { waiting, dead });
      });
    });
  }

  /** Throws NOT_FOUND. */
  messages(ctx: Context, id: string, state: MessageState | null): Promise<WebhookMessage[]> {
    return this.database.read(ctx, async work => {
      const webhook = await this.own(ctx, work, id);
      const rows = await this.store.messages(work, webhook, state);
      return rows.map(({ unitId: unit, ...row }) =>
        Object.assign(new WebhookMessage(), {
          ...row,
          unit,
          nextAttemptAt: row.state === 'WAITING' ? row.nextAttemptAt : null,
        }),
      );
    });
  }

  /** Throws INVALID_INPUT for an address that is not called, and for one webhook too many. */
  register(ctx: Context, input: { idempotencyKey: string; url: string }): Promise<WebhookSecret> {
    const partnerId = this.owner(ctx);
    const fault = this.outbound.faultOf(input.url);
    if (fault) throw invalid('url', `interop.webhook.${fault}`);
    return this.database.write(ctx, async work => {
      const made = await once(ctx, work, input.idempotencyKey, input, async () => {
        if ((await this.store.webhooks(work, partnerId)).length >= MOST)
          throw invalid('url', 'interop.webhook.TOO_MANY');
        const id = ctx.newId();
        const secret = this.newSecret(ctx, { partnerId, id });
        const plain = { formerSecret: null, formerUntil: null, state: 'UNPROVEN' as const };
        await this.store.save(work, {
          partnerId,
          id,
          url: input.url,
          secret,
          ...plain,
          createdAt: ctx.now(),
        });
        this.record(ctx, work, 'webhook.register', id);
        return id;
      });
      return this.told(ctx, await this.own(ctx, work, made!.id));
    });
  }

  /** Sends a signed message there and waits for the answer: from then on it is told. Throws NOT_FOUND. */
  async prove(ctx: Context, id: string): Promise<Webhook | WebhookNotTaken> {
    // In a unit that could write: a country that is only read proves nothing.
    const webhook = await this.database.write(ctx, work => this.own(ctx, work, id));
    const type = 'webhook.test.v1';
    const body = JSON.stringify({ type, timestamp: ctx.now().toISOString(), data: { webhook: id } });
    const fault = await this.sending.send(ctx, webhook, { id: ctx.newId(), body });
    if (fault) {
      const message = this.texts.say(ctx, 'interop.webhook.notTaken');
      return Object.assign(new WebhookNotTaken(), { message, fault });
    }
    return this.changed(ctx, id, 'webhook.prove', async (work, row) => {
      await this.checks.shown(ctx, work, 'WEBHOOK_TAKEN');
      return { ...row, state: 'ACTIVE' };
    });
  }

  /** Nothing more is put down for it; what waits is kept. It goes on when it is proved anew. Throws NOT_FOUND. */
  stop(ctx: Context, id: string): Promise<Webhook> {
    return this.changed(ctx, id, 'webhook.stop', async (_, row) => ({ ...row, state: 'STOPPED' }));
  }

  /** The former secret signs along for a day. Throws NOT_FOUND. */
  rotate(ctx: Context, id: string): Promise<WebhookSecret> {
    return this.database.write(ctx, async work => {
      const row = await this.own(ctx, work, id);
      const next = {
        ...row,
        secret: this.newSecret(ctx, row),
        formerSecret: row.secret,
        formerUntil: new Date(ctx.now().getTime() + FORMER_MS),
      };
      await this.store.save(work, next);
      this.record(ctx, work, 'webhook.rotate-secret', id);
      return this.told(ctx, next);
    });
  }

  /** How many messages are sent again. Throws NOT_FOUND. */
  replay(ctx: Context, { id, since }: { id: string; since: Date }): Promise<number> {
    return this.database.write(ctx, async work => {
      const row = await this.own(ctx, work, id);
      this.record(ctx, work, 'webhook.replay', id);
      return this.store.replay(work, row, since, ctx.now());
    });
  }

  private changed(
    ctx: Context,
    id: string,
    action: string,
    change: (work: UnitOfWork, row: WebhookRow) => Promise<WebhookRow>,
  ): Promise<Webhook> {
    return this.database.write(ctx, async work => {
      const next = await change(work, await this.own(ctx, work, id));
      await this.store.save(work, next);
      this.record(ctx, work, action, id);
      return shown(next);
    });
  }

  private owner(ctx: Context): string {
    const { id } = signedIn(ctx);
    may(ctx, 'webhook.manage', { accountId: id });
    return id;
  }

  /** Throws NOT_FOUND alike for another's and a missing one. */
  private async own(ctx: Context, work: UnitOfWork, id: string): Promise<WebhookRow> {
    const row = await this.store.webhook(work, this.owner(ctx), id);
    if (!row) throw notFound();
    return row;
  }

  private newSecret(ctx: Context, webhook: Pick<WebhookRow, 'partnerId' | 'id'>): Buffer {
    return this.keys.wrap(randomBytes(SECRET_BYTES), sealOf(ctx, webhook));
  }

  private told(ctx: Context, row: WebhookRow): WebhookSecret {
    const secret = secretText(this.keys.unwrap(row.secret, sealOf(ctx, row)));
    return Object.assign(new WebhookSecret(), { webhook: shown(row), secret });
  }

  private record(ctx: Context, work: UnitOfWork, action: string, id: string): void {
    this.audit.record(ctx, work, { action, resource: { type: 'webhook', id } });
  }
}

const shown = ({ id, url, state, createdAt }: WebhookRow): Webhook =>
  Object.assign(new Webhook(), { id, url, state, createdAt, waiting: 0, dead: 0 });
