import type { OutgoingMessage } from './outgoing-message';

/** Characters that a channel carries: ten linked short messages of GSM 03.38, a call of two minutes, a long letter. */
const MOST: Record<OutgoingMessage['channel'], number> = { sms: 1_530, voice: 1_500, email: 20_000 };

/** What no message has: control characters but the line feed, and those that turn the direction of what follows. */
const NEVER = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
const BREAK = /[\n\u2028\u2029]/u;

/**
 * The text as its channel carries it (OWASP ASVS 5.0 1.3.3): as long as it may be, no character in it that a gateway could
 * take for an order, and on the telephone, where nobody hears a line, in one line.
 */
export function fitted(channel: OutgoingMessage['channel'], text: string): string {
  const plain = text.replaceAll(NEVER, '');
  const lines = channel === 'voice' ? inOneLine(plain) : plain;
  const characters = Array.from(lines);
  return characters.length > MOST[channel] ? `${characters.slice(0, MOST[channel] - 1).join('')}…` : lines;
}

/** Whether a receiver is one line without control characters, so that no gateway reads a second order in it (SMTP injection). */
export const isOneLine = (receiver: string): boolean => !/[\p{Cc}\u2028\u2029]/u.test(receiver);

const inOneLine = (text: string): string =>
  text
    .split(BREAK)
    .map(line => line.trim())
    .filter(Boolean)
    .join(' ');
