import { createHash, createPublicKey, X509Certificate, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { KeyUsage } from './key-usage';
import { keyBitsIn } from './x509/read-certificate';

export type { KeyUsage };

/** A public key somebody vouches for. Being on the list is what makes it good (HCERT 5.1): take it off to withdraw it. */
export interface TrustedKey {
  publicKey: KeyObject;
  /** What it may sign; empty means everything. */
  usages: readonly KeyUsage[];
}

/** All keys known under a kid (base64), as a list since short kids can collide (HCERT 3.3.3); empty when unknown. */
export type KeyLookup = (kid: string, issuer: string | undefined) => readonly TrustedKey[];

/** The codes in force, by value set id (`disease-agent-targeted`, `country-2-codes`, …). A set not given is not checked. */
export type ValueSets = Readonly<Record<string, ReadonlySet<string>>>;

/** All that a verifier believes in. */
export interface Trust {
  keys: KeyLookup;
  valueSets?: ValueSets;
}

/** HCERT A.4, in both arcs found in the field: the registered one, and the same with a 0 in front of 1847. */
const usageOid = /^1\.3\.6\.1\.4\.1\.(?:0\.)?1847\.2021\.1\.([123])$/;
const usageByLastArc: Record<string, KeyUsage> = { 1: 'test', 2: 'vaccination', 3: 'recovery' };

/**
 * A document signer certificate (DER bytes or PEM text) as a trusted key with its kid: the first eight bytes of the
 * certificate's SHA-256 (HCERT A.1), in base64. Throws when it is no X.509 certificate. Does not check its chain.
 */
export function keyOfCertificate(certificate: Uint8Array | string): TrustedKey & { kid: string } {
  const x509 = new X509Certificate(certificate);
  const usages = (x509.keyUsage ?? []).flatMap(oid => usageByLastArc[usageOid.exec(oid)?.[1] ?? ''] ?? []);
  return { kid: shortKid(x509.raw), publicKey: plainRsa(x509.publicKey), usages };
}

/**
 * What of a key of each kind its thumbprint is over, in the order of their letters (RFC 7638 section 3.2, RFC 8037
 * section 2).
 */
const thumbprintMembers: Partial<Record<string, readonly (keyof JsonWebKey)[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/**
 * The JWK thumbprint of a public key (RFC 7638), SHA-256 in base64url. Throws a TypeError for a key of no kind known
 * here.
 */
export function jwkThumbprint(jwk: JsonWebKey): string {
  const members = thumbprintMembers[jwk.kty ?? ''];
  if (!members) throw new TypeError('no thumbprint of such a key');
  const said = Object.fromEntries(members.map(name => [name, jwk[name]]));
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

/** An RSA key that its certificate keeps for RSASSA-PSS (RFC 4055 section 1.2), as the plain RSA key that it is in a JWK. */
function plainRsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa-pss') return key;
  const bits = keyBitsIn(key.export({ type: 'spki', format: 'der' }));
  return createPublicKey({ key: Buffer.from(bits), type: 'pkcs1', format: 'der' });
}

function shortKid(der: Uint8Array): string {
  return createHash('sha256').update(der).digest().subarray(0, 8).toString('base64');
}
