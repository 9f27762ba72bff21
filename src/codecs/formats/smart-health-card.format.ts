import { factsOfHealthCard } from '../facts';
import { isObject, tryReadJson } from '../json';
import { verifyHealthCard } from '../smart-health-card';
import { Findings } from '../smart-health-card/findings';
import { readJws, type ReadJws } from '../smart-health-card/jws';
import { fromNumeric } from '../smart-health-card/numeric';
import { CodecFault } from '../verdict';
import type { Format } from './format';

/** SMART Health Card, as the digits of its QR code or as its JWS. */
export const smartHealthCardFormat: Format = {
  name: 'smart-health-card',
  is: text => /^\s*(?:shc:\/|eyJ)/i.test(text),
  claimed(text) {
    const { kid, payload } = read(text);
    const { iss, exp } = asObject(tryReadJson(payload));
    return {
      kid,
      ...(typeof iss === 'string' && { issuer: iss }),
      ...(typeof exp === 'number' && { expiresAt: new Date(exp * 1000) }),
    };
  },
  async verify(text, trust, at) {
    const verdict = verifyHealthCard(text, trust, at);
    if (verdict.outcome !== 'valid') return verdict;
    const { kid, card } = verdict;
    const expiresAt = card.exp === undefined ? {} : { expiresAt: new Date(card.exp * 1000) };
    const facts = factsOfHealthCard(card.vc.credentialSubject.fhirBundle);
    const { signed, signature } = read(text);
    const spelling = `${signed}.${Buffer.from(signature).toString('base64url')}`;
    const issuedAt = new Date(card.nbf * 1000);
    return {
      outcome: 'valid',
      signer: kid,
      content: card,
      facts,
      issuer: card.iss,
      issuedAt,
      ...expiresAt,
      spelling,
    };
  },
};

function read(text: string): ReadJws {
  const findings = new Findings();
  const jws = /^\s*shc:/i.test(text) ? fromNumeric([text], findings) : text;
  const found = jws === undefined ? undefined : readJws(jws, findings);
  if (!found) throw new CodecFault(findings.breach?.reason ?? 'jws', findings.breach?.detail);
  return found;
}

const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
