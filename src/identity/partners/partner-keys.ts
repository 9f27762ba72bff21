import { calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import { invalid } from '../../platform/errors';

/** A public key that a partner signs its assertions for; its private half never leaves the partner. */
export interface PartnerKey {
  kid: string;
  /** The one algorithm it is used with. */
  alg: 'ES256' | 'EdDSA' | 'PS256';
  /** Public members only (RFC 7517). */
  jwk: Record<string, string>;
  /** ISO 8601. */
  addedAt: string;
}

/** Algorithms that assertions may be signed with: those of FAPI 2.0. */
export const ASSERTION_ALGORITHMS = ['ES256', 'EdDSA', 'PS256'] as const;

/** How many keys a partner has at once: the one in use, and the next. */
export const MOST_KEYS = 2;

const LONGEST = 4_000;
const MEMBERS = { EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'], RSA: ['n', 'e'] } as const;
const RSA_BYTES = 256;

/**
 * Reads a key that a partner is registered with, as a JWK (RFC 7517): P-256, Ed25519, or RSA of 2048 bits and more. Without
 * `kid` its thumbprint is (RFC 7638). Throws INVALID_INPUT, for a private key above all.
 */
export async function readPartnerKey(text: string, now: Date): Promise<PartnerKey> {
  const jwk = parsed(text);
  if (jwk['d'] !== undefined || jwk['k'] !== undefined) throw fault('privateKey');
  const alg = algorithmOf(jwk);
  if (!alg) throw fault('partnerKey');
  const members = [...MEMBERS[jwk['kty'] as keyof typeof MEMBERS]];
  const publicPart = Object.fromEntries(['kty', ...members].map(name => [name, String(jwk[name])]));
  await importJWK(publicPart as JWK, alg).catch(() => {
    throw fault('partnerKey');
  });
  const kid = jwk['kid'] ?? (await calculateJwkThumbprint(publicPart));
  if (typeof kid !== 'string' || !/^[\x21-\x7e]{1,100}$/.test(kid)) throw fault('partnerKey');
  return { kid, alg, jwk: publicPart, addedAt: now.toISOString() };
}

const fault = (name: string) => invalid('publicKey', `validation.${name}`);

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = text.length > LONGEST ? null : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw fault('partnerKey');
}

function algorithmOf({ kty, crv, n, alg }: Record<string, unknown>): PartnerKey['alg'] | null {
  const fits = {
    ES256: kty === 'EC' && crv === 'P-256',
    EdDSA: kty === 'OKP' && crv === 'Ed25519',
    PS256: kty === 'RSA' && Buffer.from(String(n), 'base64url').length >= RSA_BYTES,
  };
  const found = ASSERTION_ALGORITHMS.find(name => fits[name]) ?? null;
  return alg === undefined || alg === found || (alg === 'Ed25519' && found === 'EdDSA') ? found : null;
}
