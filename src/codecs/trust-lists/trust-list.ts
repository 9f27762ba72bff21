import { createPublicKey, type JsonWebKey, X509Certificate } from 'node:crypto';
import { isObject, readJson } from '../json';
import { jwkThumbprint, keyOfCertificate, type KeyUsage } from '../trust';
import { CodecFault, guarded, step, type Fault } from '../verdict';
import { keyOfMultikey } from '../verifiable-credentials';

/** The shapes in which countries and networks publish their signers. */
export const trustListShapes = ['gdhcn', 'jwks', 'did', 'json-ld-contexts'] as const;
export type TrustListShape = (typeof trustListShapes)[number];

/** One signer, or one authority that vouches for signers. */
export interface TrustedSigner {
  /** As certificates name the key; null for an authority. */
  kid: string | null;
  /** As certificates name the issuer: a country's code, or an address. */
  issuer: string;
  publicJwk: JsonWebKey;
  /** What it may sign; empty means everything. */
  usages: KeyUsage[];
  isAuthority: boolean;
  /** The last instant of its own certificate. */
  notAfter: Date | null;
}

/** What a trust list says. */
export interface ReadTrustList {
  outcome: 'read';
  signers: TrustedSigner[];
  /** JSON-LD contexts by address. */
  contexts: Record<string, object>;
}

/** The network of WHO lists some two thousand signers; the text may be as long as a request. */
const maxTextLength = 8 * 1024 * 1024;
const maxEntries = 10_000;

/**
 * Reads a trust list: `gdhcn` is the JSON of a WHO GDHCN or EU gateway's `/trustList` (DSC and CSCA certificates),
 * `jwks` a JSON Web Key Set (RFC 7517) of `issuer`, `did` a DID document, `json-ld-contexts` an object of contexts by
 * their address. Never throws; a fault's reason is `size`, `json`, `schema`, or `chain` for a signer that is not by the
 * authority of its country in the same list.
 */
export function readTrustList(
  shape: TrustListShape,
  text: string,
  issuer: string | null,
): ReadTrustList | Fault {
  return guarded(() => {
    if (text.length > maxTextLength) throw new CodecFault('size');
    const document = readJson(text);
    if (shape === 'json-ld-contexts') return { outcome: 'read', signers: [], contexts: contextsIn(document) };
    const signers = step('schema', () => readers[shape](document, issuer));
    return { outcome: 'read', signers, contexts: {} };
  });
}

const readers: Record<
  Exclude<TrustListShape, 'json-ld-contexts'>,
  (document: unknown, issuer: string | null) => TrustedSigner[]
> = { gdhcn: signersInGdhcn, jwks: signersInJwks, did: signersInDid };

function signersInGdhcn(document: unknown): TrustedSigner[] {
  const certificates = entriesOf(document)
    .filter(({ certificateType }) => certificateType === 'DSC' || certificateType === 'CSCA')
    .map(entry => ({ entry, x509: new X509Certificate(Buffer.from(textIn(entry, 'rawData'), 'base64')) }));
  const authorities = certificates.filter(({ entry }) => entry.certificateType === 'CSCA');
  return certificates.flatMap(({ entry, x509 }) => {
    const issuer = textIn(entry, 'country');
    const isAuthority = entry.certificateType === 'CSCA';
    const own = authorities.filter(one => one.entry.country === issuer).map(one => one.x509);
    if (!isAuthority && own.length > 0 && !own.some(authority => isIssuedBy(x509, authority)))
      throw new CodecFault('chain', issuer);
    const known = usableKey(x509);
    if (!known) return [];
    const { kid, usages, publicJwk } = known;
    const listed = typeof entry.kid === 'string' ? entry.kid : kid;
    return {
      kid: isAuthority ? null : listed,
      issuer,
      publicJwk,
      usages: [...usages],
      isAuthority,
      notAfter: x509.validToDate,
    };
  });
}

/**
 * The key of a certificate; undefined for one that has no JWK, on a Brainpool curve for example. Nobody is believed by such a
 * key here, so it is left out: a network's list must not fall with one country's.
 */
function usableKey(x509: X509Certificate) {
  try {
    const { kid, usages, publicKey } = keyOfCertificate(x509.raw);
    return { kid, usages, publicJwk: publicKey.export({ format: 'jwk' }) };
  } catch {
    return undefined;
  }
}

function isIssuedBy(signer: X509Certificate, authority: X509Certificate): boolean {
  try {
    return signer.checkIssued(authority) && signer.verify(authority.publicKey);
  } catch {
    return false; // OpenSSL throws when the key is not of the kind that the certificate's algorithm names
  }
}

function signersInJwks(document: unknown, issuer: string | null): TrustedSigner[] {
  if (!issuer || !isObject(document)) throw new CodecFault('schema', 'keys without an issuer');
  return entriesOf(document.keys).map(jwk => {
    const publicJwk = publicHalfOf(jwk);
    return signer(typeof jwk.kid === 'string' ? jwk.kid : jwkThumbprint(publicJwk), issuer, publicJwk);
  });
}

/** The keys of a DID document (W3C Controlled Identifiers 1.0): JWK or Multikey. */
function signersInDid(document: unknown): TrustedSigner[] {
  if (!isObject(document)) throw new CodecFault('schema', 'no DID document');
  const did = textIn(document, 'id');
  return entriesOf(document.verificationMethod).map(method => {
    const { publicKeyJwk, publicKeyMultibase } = method;
    const publicJwk = isObject(publicKeyJwk)
      ? publicHalfOf(publicKeyJwk)
      : keyOfMultikey(String(publicKeyMultibase)).export({ format: 'jwk' });
    return signer(textIn(method, 'id'), did, publicJwk);
  });
}

const signer = (kid: string, issuer: string, publicJwk: JsonWebKey): TrustedSigner => ({
  kid,
  issuer,
  publicJwk,
  usages: [],
  isAuthority: false,
  notAfter: null,
});

/** Also proves that it is a key, and drops whatever else stood beside it. */
function publicHalfOf(jwk: Record<string, unknown>): JsonWebKey {
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'jwk' });
}

function contextsIn(document: unknown): Record<string, object> {
  const entries = isObject(document) ? Object.entries(document) : [];
  const isContext = ([address, context]: [string, unknown]): boolean =>
    /^(?:https?:\/\/|urn:)\S+$/.test(address) && isObject(context) && '@context' in context;
  if (entries.length === 0 || entries.length > maxEntries || !entries.every(isContext))
    throw new CodecFault('schema', 'contexts');
  return Object.fromEntries(entries) as Record<string, object>;
}

function entriesOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length > maxEntries || !value.every(isObject))
    throw new CodecFault('schema', 'entries');
  return value;
}

function textIn(entry: Record<string, unknown>, field: string): string {
  const value = entry[field];
  if (typeof value !== 'string' || value === '') throw new CodecFault('schema', field);
  return value;
}
