import { createHmac } from 'node:crypto';

/** Seconds to wait after each failed attempt, as Standard Webhooks proposes; after the last one a message is dead. */
export const WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** How long the secret before still signs along, in milliseconds. */
export const FORMER_MS = 86_400_000;

/** Bytes of a secret. */
export const SECRET_BYTES = 32;

/** A secret as it is told to a partner, once. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

/** How long to wait after `attempts` failed ones, in milliseconds; null when that was the last. */
export const waitAfter = (attempts: number): number | null => {
  const seconds = WAITS[attempts - 1];
  return seconds === undefined ? null : seconds * 1000;
};

/**
 * The headers of a message (Standard Webhooks): its id stays the same however often it is sent, the signature is
 * HMAC-SHA-256 over id, time of sending and body, by each secret that is in use.
 */
export function signedHeaders(
  message: { id: string; body: string },
  secrets: readonly Buffer[],
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const sign = (secret: Buffer): string =>
    `v1,${createHmac('sha256', secret).update(`${message.id}.${timestamp}.${message.body}`).digest('base64')}`;
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(sign).join(' '),
  };
}
