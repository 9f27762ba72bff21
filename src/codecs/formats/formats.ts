import { verifyDivoc } from '../divoc';
import { verifyHcert } from '../hcert';
import type { Contexts } from '../json-ld';
import { verifyHealthCard, type HealthCardTrust } from '../smart-health-card';
import type { Trust } from '../trust';
import type { Fault } from '../verdict';
import { verifyVdsNc, type AuthorityLookup } from '../vds-nc';

/** The formats that are told apart and checked here. */
export type FormatName = 'hcert' | 'smart-health-card' | 'divoc' | 'vds-nc';

/** All that a verifier of every format believes in; what is left out is simply not known. */
export interface CertificateTrust extends Trust {
  revocations?: HealthCardTrust['revocations'];
  /** JSON-LD contexts by address, for DIVOC. */
  contexts?: Contexts;
  /** Signing authorities of countries, for VDS-NC. */
  authorities?: AuthorityLookup;
}

/** The answer of a check in any format. `signer` is the kid, or the country whose authority vouches for the signer. */
export type CertificateVerdict =
  { outcome: 'valid'; format: FormatName; signer: string; content: unknown } | Fault;

type Checked = { outcome: 'valid'; signer: string; content: unknown } | Fault;

interface Format {
  name: FormatName;
  /** Told by how it begins: what follows is the verifier's to judge. */
  begins: RegExp;
  verify(text: string, trust: CertificateTrust, at: Date): Checked | Promise<Checked>;
}

/** One entry a format; the first that the text begins like is the one. */
const formats: readonly Format[] = [
  {
    name: 'hcert',
    begins: /^[\r\n\t]*HC1:/,
    verify: (text, trust, at) => {
      const verdict = verifyHcert(text, trust, at);
      return verdict.outcome === 'valid' ? { ...verdict, signer: verdict.kid } : verdict;
    },
  },
  {
    name: 'smart-health-card',
    begins: /^\s*(?:shc:\/|eyJ)/,
    verify: (text, trust, at) => {
      const verdict = verifyHealthCard(text, trust, at);
      return verdict.outcome === 'valid'
        ? { ...verdict, signer: verdict.kid, content: verdict.card }
        : verdict;
    },
  },
  {
    name: 'vds-nc',
    begins: /^\s*\{\s*"(?:data"\s*:\s*\{\s*"(?:hdr|msg)|sig"\s*:\s*\{\s*"(?:alg|cer|sigvl))"/,
    verify: (text, { authorities = () => [] }, at) => {
      const verdict = verifyVdsNc(text, authorities, at);
      return verdict.outcome === 'valid'
        ? { ...verdict, signer: verdict.issuer, content: verdict.seal }
        : verdict;
    },
  },
  {
    name: 'divoc',
    begins: /^(?:PK|\s*\{)/,
    verify: async (text, { keys, contexts = new Map() }, at) => {
      const verdict = await verifyDivoc(text, { keys, contexts }, at);
      return verdict.outcome === 'valid'
        ? { ...verdict, signer: verdict.kid, content: verdict.credential }
        : verdict;
    },
  },
];

/**
 * Checks a certificate of any format known here, told by how its text begins: the text of a QR code, or of a file. Codes
 * of bytes (DIVOC's ZIP) are one character a byte. Never throws; time and memory are bounded for any input; an unknown
 * key is never valid.
 */
export async function verifyCertificate(
  text: string,
  trust: CertificateTrust,
  at: Date,
): Promise<CertificateVerdict> {
  const format = typeof text === 'string' ? formats.find(({ begins }) => begins.test(text)) : undefined;
  if (!format) return { outcome: 'invalid', reason: 'prefix', detail: 'no known format' };
  const verdict = await format.verify(text, trust, at);
  if (verdict.outcome !== 'valid') return verdict;
  return { outcome: 'valid', format: format.name, signer: verdict.signer, content: verdict.content };
}
