import type { CoseAlgorithm } from '../../codecs';
import { type BundleKey, type PublicJwk, revocationHandles } from '../../codecs/trust-bundle';
import type { TrustedSigner } from '../../codecs/trust-lists';
import type { RevokedProof } from '../proofs/proofs.store';
import type { ListedKey } from '../signing/signing-keys.store';
import type { Addresses } from './addresses';

/** A country's own keys as its bundle has them: under each name that a format gives them, withdrawn ones left out. */
export function bundleKeysOf(
  country: string,
  { issuer, did }: Addresses,
  listed: readonly Pick<ListedKey, 'kid' | 'thumbprint' | 'alg' | 'publicJwk' | 'withdrawnAt'>[],
): BundleKey[] {
  return listed
    .filter(({ withdrawnAt }) => !withdrawnAt)
    .flatMap(({ kid, thumbprint, publicJwk, alg }) => {
      const key = { alg, jwk: publicJwk as PublicJwk, usages: [] };
      if (alg === 'EdDSA') return [{ kid: `${did}#${thumbprint}`, issuer: did, ...key }];
      return [
        { kid, issuer: country, ...key },
        { kid: thumbprint, issuer, ...key },
      ];
    });
}

/** By what an offline verifier knows a revoked proof, in its format. */
export function handlesOf(
  country: string,
  { format, kid, reference, signature }: RevokedProof,
  thumbprints: ReadonlyMap<string, string>,
): string[] {
  const certificate = reference && format === 'eu-dcc' && revocationHandles.certificate(country, reference);
  const signed = signature && revocationHandles.signature(signature.toString('base64'));
  const thumbprint = thumbprints.get(kid);
  const card =
    reference &&
    thumbprint &&
    format === 'smart-health-card' &&
    revocationHandles.healthCard(thumbprint, reference);
  const isOnList = format === 'w3c-credential' || format === 'sd-jwt-vc';
  const place = reference && isOnList && revocationHandles.statusPlace(reference);
  return [certificate, signed, card, place].filter(handle => typeof handle === 'string');
}

/** A signer of another country as the bundle has it. */
export const trustedBundleKeyOf = ({
  kid,
  issuer,
  publicJwk,
  usages,
}: TrustedSigner & { kid: string }): BundleKey => ({
  kid,
  issuer,
  alg: algorithmFor(publicJwk as PublicJwk),
  jwk: publicJwk as PublicJwk,
  usages: [...usages],
  names: {}, // it is not the country whose bundle this is, and goes by what its certificates say
});

/** What a key of this kind signs with as a rule; the certificate itself says it for sure. */
function algorithmFor({ kty, crv }: PublicJwk): CoseAlgorithm {
  if (kty === 'RSA') return 'PS256';
  if (kty === 'OKP') return 'EdDSA';
  return crv === 'P-384' ? 'ES384' : crv === 'P-521' ? 'ES512' : 'ES256';
}
