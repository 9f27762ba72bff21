import { claimedBySdJwt, looksLikeSdJwt, verifySdJwtCredential } from '../sd-jwt';
import type { Format } from './format';

/** SD-JWT VC: a signed token and what its holder discloses of it. A SMART Health Card begins likewise, without a tilde. */
export const sdJwtVcFormat: Format = {
  name: 'sd-jwt-vc',
  is: looksLikeSdJwt,
  claimed: claimedBySdJwt,
  async verify(text, { keys, statusLists }, at) {
    const verdict = await verifySdJwtCredential(text, { keys, statusLists }, at);
    if (verdict.outcome !== 'valid') return verdict;
    const { kid: signer, claims: content, facts, issuer, issuedAt, expiresAt, spelling } = verdict;
    return {
      outcome: 'valid',
      signer,
      content,
      facts,
      issuer,
      ...(issuedAt && { issuedAt }),
      ...(expiresAt && { expiresAt }),
      spelling,
    };
  },
};
