import type { Context } from '../context';
import { fitted, isOneLine } from './message-rules';
import type { OutgoingMessage } from './outgoing-message';

/**
 * The port through which people are written to. A country plugs in its own gateway; the sandbox keeps messages for
 * its outbox page.
 */
export abstract class MessageSender {
  /**
   * What is sent fits its channel ({@link fitted}). Resolves when the gateway has taken it; throws when it has not, and
   * for a receiver of more than one line.
   */
  async send(ctx: Context, message: OutgoingMessage): Promise<void> {
    if (!isOneLine(message.receiver)) throw new Error('A receiver is one line');
    return this.hand(ctx, { ...message, text: fitted(message.channel, message.text) });
  }

  protected abstract hand(ctx: Context, message: OutgoingMessage): Promise<void>;
}
