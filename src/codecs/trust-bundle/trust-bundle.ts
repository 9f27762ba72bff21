import { fromBase64 } from '../bytes';
import type { CoseAlgorithm } from '../cose/cose-message';
import { isObject, readJson } from '../json';
import type { KeyUsage } from '../key-usage';
import { CodecFault, guardedAsync, type Fault } from '../verdict';
import { isSignedByJwk, type PublicJwk } from './primitives';

/**
 * All that a verifier needs to check certificates with the network off: one country's keys, those of the countries it
 * trusts, what was revoked, and words for codes. Published signed, as a JWS.
 */
export interface TrustBundle {
  format: 'tikasetu.trust-bundle/1';
  /** Whose: ISO 3166-1 alpha-2. */
  country: string;
  /** The authority in each language it has a name in, by BCP 47. */
  names: Record<string, string>;
  /** Counts up; a verifier never goes back to a lower one. */
  serial: number;
  /** Instants, ISO 8601. After `nextUpdate` it still serves, and a verifier says how old it is. */
  issuedAt: string;
  nextUpdate: string;
  keys: BundleKey[];
  /** Authorities whose countries' visible digital seals are believed, by ICAO's code of the country. */
  authorities?: { issuer: string; jwk: PublicJwk }[];
  /** JSON-LD contexts by address, for DIVOC: those that the country imported. */
  contexts?: Record<string, object>;
  revoked: RevokedHandles;
  /** Where the country's W3C credentials say that their terms are explained. */
  vaccinationContext?: string;
  /** Words by value set, code and language, e.g. `vaccines` → `cvx:19` → `en`. */
  valueSets: Record<string, Record<string, Record<string, string>>>;
}

/** A key that is believed in. A withdrawn one is not in the bundle, so nothing it signed is valid. */
export interface BundleKey {
  /**
   * As certificates name it: base64 in an HCERT, a JWK thumbprint on a SMART Health Card, a DID URL in a W3C
   * credential.
   */
  kid: string;
  /** Who it signs for, as certificates name the issuer: a country's code, or an address. */
  issuer: string;
  alg: CoseAlgorithm;
  jwk: PublicJwk;
  /** What it may sign; empty means everything. */
  usages: KeyUsage[];
  /** Words for the issuer where it is not the country itself, by language. */
  names?: Record<string, string>;
}

/**
 * The revoked certificates of every format, each by the first eight bytes of the SHA-256 of its handle (see
 * `revocation-handles.ts`): sorted, one after another, in base64. With a million of them a stranger's certificate is
 * mistaken for a revoked one once in ten million million.
 */
export type RevokedHandles = string;

/** Bytes of a hash in {@link RevokedHandles}. */
export const handleLength = 8;

const maxBundleLength = 32 * 1024 * 1024;

/**
 * Reads a signed bundle (JWS in compact form) and checks that one of these keys signed it. Never throws; a fault's
 * reason is `size`, `jws`, `json`, `signature` or `schema`.
 */
export function openTrustBundle(
  jws: string,
  signers: readonly PublicJwk[],
): Promise<{ outcome: 'valid'; bundle: TrustBundle } | Fault> {
  return guardedAsync(async () => {
    if (typeof jws !== 'string' || jws.length > maxBundleLength) throw new CodecFault('size');
    const [header, payload, signature, ...more] = jws.trim().split('.');
    const bytes = [header, payload, signature].map(part => (part ? fromBase64(part) : undefined));
    const [head, body, tail] = bytes;
    if (more.length > 0 || !head || !body || !tail) throw new CodecFault('jws');
    const { alg, crit } = objectIn(head);
    if (alg !== 'ES256' || crit !== undefined) throw new CodecFault('jws', 'header');
    const signed = new TextEncoder().encode(`${header}.${payload}`);
    const checks = await Promise.all(signers.map(jwk => isSignedByJwk('ES256', jwk, signed, tail)));
    if (!checks.includes(true)) throw new CodecFault('signature');
    return { outcome: 'valid' as const, bundle: bundleIn(objectIn(body)) };
  });
}

/** Who signed it is known, so a look at its format is enough. */
function bundleIn(value: Record<string, unknown>): TrustBundle {
  const isBundle =
    value.format === 'tikasetu.trust-bundle/1' &&
    Array.isArray(value.keys) &&
    typeof value.revoked === 'string';
  if (!isBundle) throw new CodecFault('schema', 'trust bundle');
  return value as unknown as TrustBundle;
}

function objectIn(bytes: Uint8Array): Record<string, unknown> {
  const value = readJson(new TextDecoder().decode(bytes));
  if (!isObject(value)) throw new CodecFault('json');
  return value;
}
