import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { KeyManagement, type WrappedColumn } from '../../platform/keys';
import { type Logger, LOGGER } from '../../platform/logging';
import { Outbound, OutboundFailed } from '../../platform/outbound';
import { bitByBit, Rounds } from '../../tenancy';
import { signedHeaders, waitAfter } from './webhook-rules';
import { type MessageRow, type WebhookRow, WebhooksStore } from './webhooks.store';

const PATIENCE_MS = 10_000;
/** An answer is its status; what it says besides is not read further. */
const MOST_BYTES = 16_384;
/** Messages under way at once, for each country. */
const AT_ONCE = 10;
/** Longer than every attempt of one take can last, in milliseconds. */
const LEASE_MS = 60_000;
/** A turn that took as long is not gone on with: the next country's messages wait as well. */
const TURN_MS = 20_000;
const KEPT_DAYS = 30;

/** What webhook secrets are closed with: theirs alone. */
export const sealOf = (ctx: Context, { partnerId, id }: Pick<WebhookRow, 'partnerId' | 'id'>): string =>
  ['webhook', ctx.tenant!.code, partnerId, id].join('\0');

const wrappedSecret = (column: string): WrappedColumn => ({
  planes: ['tenant'],
  table: 'webhook',
  column,
  names: ['partner_id', 'id'],
  contextOf: (ctx, [partnerId, id]) => sealOf(ctx, { partnerId: partnerId!, id: id! }),
});

/** The secrets of webhooks, for whoever changes what they are wrapped with. */
export const WRAPPED_WEBHOOK_SECRETS = [wrappedSecret('secret'), wrappedSecret('former_secret')];

/**
 * Sends what partners are to be told: at least once, each unit's messages one after another, signed. A webhook that fails
 * is left alone for a while, longer each time; after a day and more of that a message is dead, and stays to be seen.
 */
@Injectable()
export class SendWebhooks implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: WebhooksStore,
    private readonly outbound: Outbound,
    private readonly keys: KeyManagement,
    private readonly rounds: Rounds,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({ seconds: 2, fault: 'webhooks could not be sent', run: ctx => this.run(ctx) });
    this.rounds.add({
      seconds: 600,
      fault: 'old messages could not be forgotten',
      run: ctx => this.forget(ctx),
    });
  }

  /** One country's turn: until nothing is due or its time is over; how many attempts were made. */
  async run(ctx: Context): Promise<number> {
    const over = ctx.now().getTime() + TURN_MS;
    let made = 0;
    for (let now = ctx.now(); now.getTime() < over; now = ctx.now()) {
      const lease = new Date(now.getTime() + LEASE_MS);
      const taken = await this.database.writeEvenIfSuspended(ctx, work =>
        this.store.take(work, now, lease, AT_ONCE),
      );
      if (taken.length === 0) break;
      await Promise.all(taken.map(message => this.attempt(ctx, message)));
      made += taken.length;
    }
    return made;
  }

  /** Old messages go; the last that was told of each unit stays, so that nothing older is ever told after it. */
  forget(ctx: Context): Promise<number> {
    const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000);
    return bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forget(work, before, most)),
    );
  }

  /** Sends one message; what was wrong, or null. Never throws for what the other side does. */
  async send(
    ctx: Context,
    webhook: WebhookRow,
    message: { id: string; body: string },
  ): Promise<string | null> {
    const { secret, formerSecret, formerUntil } = webhook;
    const former = formerSecret && formerUntil && formerUntil > ctx.now() ? [formerSecret] : [];
    const secrets = [secret, ...former].map(sealed => this.keys.unwrap(sealed, sealOf(ctx, webhook)));
    try {
      const { status } = await this.outbound.send({
        url: webhook.url,
        method: 'POST',
        headers: signedHeaders(message, secrets, ctx.now()),
        body: message.body,
        patienceMs: PATIENCE_MS,
        mostBytes: MOST_BYTES,
      });
      return status >= 200 && status < 300 ? null : `HTTP_${status}`;
    } catch (error) {
      if (error instanceof OutboundFailed) return error.fault;
      throw error;
    }
  }

  private async attempt(ctx: Context, message: MessageRow): Promise<void> {
    const webhook = await this.database.read(ctx, work =>
      this.store.webhook(work, message.partnerId, message.webhookId),
    );
    if (!webhook) return;
    const fault = await this.send(ctx, webhook, message).catch((error: unknown) => {
      this.logger.error({ err: error, webhook: webhook.id }, 'a webhook could not be tried');
      return 'UNREACHABLE';
    });
    const wait = waitAfter(message.attempts);
    const next = wait === null ? null : new Date(ctx.now().getTime() + wait);
    await this.database.writeEvenIfSuspended(ctx, work =>
      fault === null
        ? this.store.delivered(work, message, ctx.now())
        : this.store.failed(work, message, fault, next),
    );
  }
}
