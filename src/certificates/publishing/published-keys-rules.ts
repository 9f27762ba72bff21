import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { multikeyOf } from '../../codecs/verifiable-credentials';
import type { ListedKey } from '../signing/signing-keys.store';
import type { Addresses } from './addresses';

/** What a key has to have for others to be told of it: one that was withdrawn is on no list. */
type Key = Pick<
  ListedKey,
  'kid' | 'thumbprint' | 'alg' | 'publicJwk' | 'certificate' | 'notBefore' | 'withdrawnAt'
>;

const believed = (keys: readonly Key[]): Key[] => keys.filter(({ withdrawnAt }) => !withdrawnAt);

/**
 * The key set of SMART Health Cards (framework, "Determining keys associated with an issuer"): on P-256 alone, each with
 * the version of its revocation list if it has one.
 */
export function jwksOf(keys: readonly Key[], cardVersions: ReadonlyMap<string, number>): object {
  return {
    keys: believed(keys)
      .filter(({ alg }) => alg === 'ES256')
      .map(({ publicJwk, thumbprint, kid }) => ({
        ...publicJwk,
        kid: thumbprint,
        use: 'sig',
        alg: 'ES256',
        ...(cardVersions.has(kid) && { crlVersion: cardVersions.get(kid) }),
      })),
  };
}

/** The DID document (W3C DID 1.0, did:web): every key, each under its thumbprint. */
export function didDocumentOf({ did }: Addresses, keys: readonly Key[]): object {
  const verificationMethod = believed(keys).map(({ alg, publicJwk, thumbprint }) => ({
    id: `${did}#${thumbprint}`,
    controller: did,
    ...(alg === 'EdDSA'
      ? {
          type: 'Multikey',
          publicKeyMultibase: multikeyOf(createPublicKey({ key: publicJwk, format: 'jwk' })),
        }
      : { type: 'JsonWebKey', publicKeyJwk: { ...publicJwk, kid: thumbprint, alg } }),
  }));
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/jwk/v1',
    ],
    id: did,
    verificationMethod,
    assertionMethod: verificationMethod.map(({ id }) => id),
  };
}

/** The document signers and their authority as WHO's GDHCN lists them (Trust Network Gateway, `/trustList`). */
export function gdhcnListOf(
  country: string,
  keys: readonly Key[],
  authority: { certificate: Buffer; madeAt: Date } | null,
): object[] {
  const signers = believed(keys).flatMap(({ kid, certificate, notBefore }) =>
    certificate ? [entryOf('DSC', country, certificate, notBefore, kid)] : [],
  );
  return authority
    ? [entryOf('CSCA', country, authority.certificate, authority.madeAt), ...signers]
    : signers;
}

function entryOf(certificateType: string, country: string, der: Buffer, since: Date, kid?: string) {
  const sha256 = createHash('sha256').update(der).digest();
  return {
    kid: kid ?? sha256.subarray(0, 8).toString('base64'),
    timestamp: since.toISOString(),
    country,
    certificateType,
    thumbprint: sha256.toString('hex'),
    rawData: der.toString('base64'),
    notAfter: new X509Certificate(der).validToDate.toISOString(),
  };
}
