import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyManagement } from '../../platform/keys';

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Who signs the seals of one trail. */
export interface SealSigner {
  /** RFC 7638 thumbprint of the public key. */
  thumbprint: string;
  /** The public key in PEM (RFC 7468), for whoever checks. */
  publicPem: string;
  sign: (bytes: Buffer) => Buffer;
}

/** The Ed25519 keys (RFC 8032) of the trails: derived by the key management, so that no row of the database holds one. */
@Injectable()
export class SealKeys {
  private readonly made = new Map<string, SealSigner[]>();

  constructor(private readonly keys: KeyManagement) {}

  /** Who signs the trail's next seal. */
  signerOf(trail: string): SealSigner {
    return this.signersOf(trail)[0]!;
  }

  /** Whoever may have signed a seal that is still to be taken out: while the master key is being changed, two. */
  signersOf(trail: string): readonly SealSigner[] {
    const signers = this.made.get(trail) ?? this.keys.derivations(`audit-seal:${trail}`).map(signerFrom);
    this.made.set(trail, signers);
    return signers;
  }
}

function signerFrom(seed: Buffer): SealSigner {
  const der = Buffer.concat([PKCS8, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const publicKey = createPublicKey(key);
  return {
    thumbprint: thumbprintOf(publicKey),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sign: bytes => sign(null, bytes, key),
  };
}

/** RFC 7638, with the members that RFC 8037 §2 names for an Ed25519 key. */
function thumbprintOf(key: KeyObject): string {
  const { crv, kty, x } = key.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}
