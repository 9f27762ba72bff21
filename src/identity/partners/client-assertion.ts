import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { isCanonical } from '../tokens/tokens';
import type { PartnerKey } from './partner-keys';

/** The one type of assertion that is taken (RFC 7523 section 2.2). */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** An assertion is made for one request: longest that it may hold from now on, in seconds. */
const LONGEST_LIFE = 300;
const LONGEST = 8_000;
/** Whatever else a header may say (`jku`, `x5u`, `jwk`, `crit`) is not read: it is refused. */
const HEADER = ['alg', 'kid', 'typ'];
const TYPES: readonly unknown[] = [undefined, 'JWT', 'client-authentication+jwt'];

/** What an assertion proved, to be taken once. */
export interface TakenAssertion {
  jti: string;
  expiresAt: Date;
}

/** Who an assertion says it is of, before anything is checked; null when it says nothing of the kind. */
export function claimedClient(assertion: string): string | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
    const sub = (payload as { sub?: unknown } | null)?.sub;
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}

/**
 * Checks a client's assertion (RFC 7523 section 3, as draft-ietf-oauth-rfc7523bis narrows it): issuer and subject are the
 * client, the audience is this issuer alone and no list, it ends within five minutes, and it is signed by a key of the
 * client's with that key's own algorithm. Throws for anything else.
 */
export async function checkAssertion(
  assertion: string,
  expected: { client: string; keys: readonly PartnerKey[]; audience: string; now: Date },
): Promise<TakenAssertion> {
  if (assertion.length > LONGEST || assertion.split('.').length !== 3 || !isCanonical(assertion))
    throw new Error('not as it was signed');
  const header = decodeProtectedHeader(assertion);
  if (Object.keys(header).some(name => !HEADER.includes(name)) || !TYPES.includes(header.typ))
    throw new Error('a header that is not read');
  const key = expected.keys.find(({ kid }) => kid === header.kid);
  if (!key) throw new Error('no such key');
  const { payload } = await jwtVerify(assertion, await importJWK(key.jwk, key.alg), {
    algorithms: [key.alg],
    issuer: expected.client,
    subject: expected.client,
    audience: expected.audience,
    currentDate: expected.now,
    requiredClaims: ['jti', 'exp'],
  });
  const lasts = payload.exp! - expected.now.getTime() / 1000;
  if (payload.aud !== expected.audience || lasts > LONGEST_LIFE) throw new Error('for too many or too long');
  if (typeof payload.jti !== 'string' || payload.jti.length < 8 || payload.jti.length > 200)
    throw new Error('a jti that is none');
  return { jti: payload.jti, expiresAt: new Date(payload.exp! * 1000) };
}
