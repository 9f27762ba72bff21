import { Secret, TOTP } from 'otpauth';

/**
 * Seconds of one code, and how many codes before and after it are taken: telephones' clocks differ (RFC 6238 section
 * 5.2).
 */
const PERIOD = 30;
const WINDOW = 1;

/** Bytes of a secret: as many as the hash gives (RFC 4226 section 4, R6). */
export const SECRET_BYTES = 20;

const totpOf = (secret: Uint8Array, account: string, issuer: string): TOTP =>
  new TOTP({ secret: new Secret({ buffer: new Uint8Array(secret).buffer }), issuer, label: account });

/** The `otpauth://` address that an authenticator app reads, as a rule from a QR code. */
export const addressOf = (secret: Uint8Array, account: string, issuer: string): string =>
  totpOf(secret, account, issuer).toString();

/**
 * The time step of a code that is right at `now` (TOTP, RFC 6238: HMAC-SHA-1, six digits, thirty seconds, as every app
 * knows it); null for one that is wrong, and for one whose step is not after `lastStep`, since it was taken before.
 */
export function stepOf(secret: Uint8Array, code: string, now: Date, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / PERIOD) + delta;
  return step > lastStep ? step : null;
}
