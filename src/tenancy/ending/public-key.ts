import { importJWK, type JWK } from 'jose';
import { invalid } from '../../platform/errors';
import type { PublicKey } from './tenant-endings.store';

/** How the key of an export is wrapped for the ministry (RFC 7518 §4.6). */
export const WRAPPED_BY = 'ECDH-ES+A256KW';

const CURVES: readonly unknown[] = ['P-256', 'P-384'];

/** Reads the key that an export is made for. Throws INVALID_INPUT, for a private key above all. */
export async function readPublicKey(text: string): Promise<PublicKey> {
  const jwk = parsed(text);
  if (!jwk || jwk['d'] !== undefined || jwk['kty'] !== 'EC' || !CURVES.includes(jwk['crv'])) throw fault();
  const key = { kty: 'EC', crv: String(jwk['crv']), x: String(jwk['x']), y: String(jwk['y']) };
  await importJWK(key as JWK, WRAPPED_BY).catch(() => {
    throw fault();
  });
  return key;
}

const fault = () => invalid('publicKey', 'validation.exportKey');

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
