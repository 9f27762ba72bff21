import { factsOfHcert } from '../facts';
import { readHcert, verifyHcert } from '../hcert/hcert';
import { CodecFault } from '../verdict';
import type { Format } from './format';

const trimmed = (text: string): string => text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '');

/** HCERT: EU DCC, WHO ICVP and national certificates. */
export const hcertFormat: Format = {
  name: 'hcert',
  is: text => /^[\r\n\t]*HC1:/.test(text),
  claimed(text) {
    const read = readHcert(text);
    if (read.outcome !== 'read') throw new CodecFault(read.reason, read.detail);
    const { kid, claims } = read.hcert;
    return { kid, issuer: claims.issuer, expiresAt: claims.expiresAt };
  },
  async verify(text, trust, at) {
    const verdict = verifyHcert(text, trust, at);
    if (verdict.outcome !== 'valid') return verdict;
    const { kid, claims, claimKey, content } = verdict;
    const facts = factsOfHcert(claimKey, content);
    return { outcome: 'valid', signer: kid, content, facts, ...claims, spelling: trimmed(text) };
  },
};
