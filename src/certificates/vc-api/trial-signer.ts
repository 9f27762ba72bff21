import { createPrivateKey, createPublicKey } from 'node:crypto';
import { multikeyOf, type ProofSigner } from '../../codecs/verifiable-credentials';
import type { KeyManagement } from '../../platform/keys';

/** The DER that stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Who signs what others try out with a country's service: a key that is on none of the country's lists, under a `did:key`
 * of its own. Nothing it signs is ever taken for a certificate.
 */
export function trialSigner(keys: KeyManagement, tenantCode: string): ProofSigner {
  const seed = keys.derive(`vc-api/${tenantCode}`);
  const key = Buffer.concat([PKCS8_HEAD, seed]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const multikey = multikeyOf(createPublicKey(privateKey));
  return { verificationMethod: `did:key:${multikey}#${multikey}`, privateKey };
}
