import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The algorithm by which this service signs to an issuer (`private_key_jwt`): what FAPI 2.0 asks for at least. */
export const KEY_ALGORITHM = 'ES256';

/** A new key for one issuer: the private half for us alone, the public one for the issuer to know us by. */
export async function newClientKey(): Promise<{ privateKey: JWK; publicKey: JWK }> {
  const pair = await generateKeyPair(KEY_ALGORITHM, { extractable: true });
  const named = { kid: randomUUID(), alg: KEY_ALGORITHM, use: 'sig' };
  return {
    privateKey: { ...(await exportJWK(pair.privateKey)), ...named },
    publicKey: { ...(await exportJWK(pair.publicKey)), ...named },
  };
}
