import type { Context } from '../context';
import { MessageSender, type OutgoingMessage } from './message-sender';

const PATIENCE_MS = 10_000;

/** Hands messages to the installation's own gateway as JSON over HTTPS; the gateway knows the country's operators. */
export class GatewaySender extends MessageSender {
  constructor(private readonly url: string) {
    super();
  }

  async send(ctx: Context, message: OutgoingMessage): Promise<void> {
    const answer = await fetch(this.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'content-type': 'application/json', 'idempotency-key': ctx.newId() },
      body: JSON.stringify({ tenant: ctx.tenant?.code ?? null, ...message }),
    });
    if (!answer.ok) throw new Error(`The message gateway answered ${answer.status}`);
  }
}
