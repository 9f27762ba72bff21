import { createHash } from 'node:crypto';
import type { RevokedProof } from '../proofs/proofs.store';

/** The three ways in which the EU's revocation lists know a certificate (eHealth Network, revocation, section 4). */
export type DccHashType = 'SIGNATURE' | 'UCI' | 'COUNTRYCODEUCI';

/** Hashes of one kind under one key, as a batch of the EU gateway has them. */
export interface DccBatch {
  country: string;
  kid: string;
  hashType: DccHashType;
  entries: { hash: string }[];
}

/**
 * Revoked HCERTs as the EU's lists have them: SHA-256, cut to 128 bits, in base64. Of an ECDSA signature only its first
 * half is hashed, since the second can be changed without the signature's becoming wrong.
 */
export function dccBatches(country: string, proofs: readonly RevokedProof[]): DccBatch[] {
  const batches = new Map<string, DccBatch>();
  const add = (kid: string, hashType: DccHashType, bytes: string | Uint8Array): void => {
    const name = `${kid} ${hashType}`;
    const batch = batches.get(name) ?? { country, kid, hashType, entries: [] };
    const hash = createHash('sha256').update(bytes).digest().subarray(0, 16).toString('base64');
    batches.set(name, { ...batch, entries: [...batch.entries, { hash }] });
  };
  for (const { kid, format, reference, signature } of proofs) {
    if (signature) add(kid, 'SIGNATURE', signature.subarray(0, signature.length / 2));
    if (format !== 'eu-dcc' || reference === null) continue;
    add(kid, 'UCI', reference);
    add(kid, 'COUNTRYCODEUCI', country + reference);
  }
  return [...batches.values()];
}

/** The revocation list of one key's SMART Health Cards (framework, "Revocation"); `ctr` grows with each revocation. */
export function cardList(
  thumbprint: string,
  kid: string,
  proofs: readonly RevokedProof[],
  ctr: number,
): object {
  const rids = proofs.flatMap(proof =>
    proof.format === 'smart-health-card' && proof.kid === kid ? (proof.reference ?? []) : [],
  );
  return { kid: thumbprint, method: 'rid', ctr, rids: [...new Set(rids)] };
}
