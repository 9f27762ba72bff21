import { createHash } from 'node:crypto';
import type { Context } from '../context';
import { Breaker } from '../outbound';
import { MessageSender } from './message-sender';
import type { OutgoingMessage } from './outgoing-message';

const PATIENCE_MS = 10_000;
const TOO_MANY = 429;

/** Hands messages to the installation's own gateway as JSON over HTTPS; the gateway knows the country's operators. */
export class GatewaySender extends MessageSender {
  private readonly breaker = new Breaker();

  constructor(private readonly url: string) {
    super();
  }

  protected async hand(ctx: Context, message: OutgoingMessage): Promise<void> {
    const status = await this.breaker.through(() => this.post(ctx, message));
    if (status >= 300) throw notTaken(status);
  }

  /** Its status. Throws when the gateway is at fault and not the message. */
  private async post(ctx: Context, message: OutgoingMessage): Promise<number> {
    const { status } = await fetch(this.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'content-type': 'application/json', 'idempotency-key': keyOf(ctx, message) },
      body: JSON.stringify({ tenant: ctx.tenant?.code ?? null, ...message }),
    });
    if (status === TOO_MANY || status >= 500) throw notTaken(status);
    return status;
  }
}

const notTaken = (status: number): Error => new Error(`The message gateway answered ${status}`);

/** The same for the same message of one request or one fact: a fact that is told twice is not a message sent twice. */
const keyOf = ({ tenant, traceId }: Context, { channel, receiver, text }: OutgoingMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([tenant?.code, traceId, channel, receiver, text]))
    .digest('base64url');
