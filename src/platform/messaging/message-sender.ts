import type { Context } from '../context';

export interface OutgoingMessage {
  /** `voice`: a call that reads the text aloud. */
  channel: 'sms' | 'voice' | 'email';
  /** E.164 number or e-mail address, as the channel needs. */
  receiver: string;
  language: string;
  text: string;
}

/**
 * The port through which people are written to. A country plugs in its own gateway; the sandbox keeps messages for
 * its outbox page. Resolves when the gateway has taken the message; throws when it has not.
 */
export abstract class MessageSender {
  abstract send(ctx: Context, message: OutgoingMessage): Promise<void>;
}
