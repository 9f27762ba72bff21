import { readDivoc, verifyDivoc } from '../divoc';
import { factsOfDivoc } from '../facts';
import type { Format } from './format';

/** DIVOC and CoWIN: JSON-LD as text or as the ZIP of a QR code. */
export const divocFormat: Format = {
  name: 'divoc',
  is: text => /^(?:PK|\s*\{)/.test(text),
  claimed(text) {
    const { credential, proof } = readDivoc(text);
    const expiresAt = new Date(String(credential.expirationDate));
    return {
      kid: proof.verificationMethod,
      ...(typeof credential.issuer === 'string' && { issuer: credential.issuer }),
      ...(!Number.isNaN(expiresAt.getTime()) && { expiresAt }),
    };
  },
  async verify(text, { keys, contexts = new Map() }, at) {
    const verdict = await verifyDivoc(text, { keys, contexts }, at);
    if (verdict.outcome !== 'valid') return verdict;
    const { kid, credential } = verdict;
    const { issuer, issuanceDate, expirationDate } = credential;
    return {
      outcome: 'valid',
      signer: kid,
      content: credential,
      facts: factsOfDivoc(credential),
      issuer: String(issuer),
      issuedAt: new Date(String(issuanceDate)),
      ...(typeof expirationDate === 'string' && { expiresAt: new Date(expirationDate) }),
      spelling: text,
    };
  },
};
