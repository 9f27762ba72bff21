import canonicalize from 'canonicalize';
import {
  signCredential,
  vaccinationContexts,
  vaccinationCredential,
} from '../../codecs/verifiable-credentials';
import type { ProofFormat } from './proof-format';

/**
 * W3C Verifiable Credential 2.0 of every dose of a certificate, secured by Data Integrity eddsa-rdfc-2022, for wallets. It
 * is revoked by its place on a status list (Bitstring Status List 1.0). Larger than a QR code, so it has none.
 */
export const w3cCredentialProof: ProofFormat = {
  name: 'w3c-credential',
  alg: 'EdDSA',
  perDose: false,
  statusList: 'bitstring',
  states: () => true,
  async make({ person, doses, issuer, issuedAt, expiresAt, place }, signer, addresses) {
    if (!place) throw new Error('A W3C credential needs a place on a status list');
    const credential = vaccinationCredential({
      issuer: { id: addresses.did, name: issuer },
      context: addresses.vaccinationContext,
      facts: {
        holderName: person.name,
        birthDate: person.birthDate,
        doses: doses.map(({ vp, vd, dt, dn, bo }) => ({
          vaccine: vp,
          words: vd,
          date: dt,
          doseNumber: dn,
          lot: bo,
        })),
      },
      validFrom: issuedAt,
      validUntil: expiresAt,
      status: place,
    });
    const signed = await signCredential(credential, {
      signer: {
        verificationMethod: `${addresses.did}#${signer.thumbprint}`,
        privateKey: signer.privateKey,
      },
      createdAt: issuedAt,
      contexts: vaccinationContexts(addresses.vaccinationContext),
    });
    const text = JSON.stringify(signed);
    return {
      text,
      spelling: canonicalize(signed)!,
      reference: `${place.list}#${place.index}`,
      signature: null,
    };
  },
};
