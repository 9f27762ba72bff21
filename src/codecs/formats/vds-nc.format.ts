import { factsOfSeal } from '../facts';
import { isObject, tryReadJson } from '../json';
import { CodecFault } from '../verdict';
import { verifyVdsNc } from '../vds-nc';
import type { Format } from './format';

/** ICAO's visible digital seal: its signer's certificate comes with it, so a country's authorities are what is known. */
export const vdsNcFormat: Format = {
  name: 'vds-nc',
  is: text =>
    /^\s*\{\s*"(?:data"\s*:\s*\{\s*"(?:hdr|msg)|sig"\s*:\s*\{\s*"(?:alg|cer|sigvl))"/.test(
      text.slice(0, 1000),
    ),
  claimed(text) {
    const sealed = text.length > maxTextLength ? undefined : tryReadJson(text);
    const data = isObject(sealed) ? sealed.data : undefined;
    const header = isObject(data) ? data.hdr : undefined;
    if (!isObject(header) || typeof header.is !== 'string') throw new CodecFault('json', 'not a seal');
    return { issuer: header.is };
  },
  async verify(text, { authorities = () => [] }, at) {
    const verdict = verifyVdsNc(text, authorities, at);
    if (verdict.outcome !== 'valid') return verdict;
    const { issuer, seal } = verdict;
    return {
      outcome: 'valid',
      signer: issuer,
      issuer,
      content: seal,
      facts: factsOfSeal(seal.msg),
      spelling: text,
    };
  },
};

/** More than any QR code holds. */
const maxTextLength = 8 * 1024;
