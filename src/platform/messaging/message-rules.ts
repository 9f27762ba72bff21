import type { OutgoingMessage } from './outgoing-message';

/** Characters that a channel carries: ten linked short messages of GSM 03.38, a call of two minutes, a long letter. */
const MOST: Record<OutgoingMessage['channel'], number> = { sms: 1_530, voice: 1_500, email: 20_000 };

/** What no message has: control characters but the line feed, and those that turn the direction of what follows. */
const NEVER = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
const BREAKS = /\s*[\n\u2028\u2029]\s*/gu;

/**
 * The text as its channel carries it (OWASP ASVS 5.0 1.3.3): as long as it may be, no character in it that a gateway could
 * take for an order, and on the telephone, where nobody hears a line, in one line.
 */
export function fitted(channel: OutgoingMessage['channel'], text: string): string {
  const plain = text.replaceAll(NEVER, '');
  const lines = channel === 'voice' ? plain.replaceAll(BREAKS, ' ') : plain;
  const characters = Array.from(lines);
  return characters.length > MOST[channel] ? `${characters.slice(0, MOST[channel] - 1).join('')}…` : lines;
}
