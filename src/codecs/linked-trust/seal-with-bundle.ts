import canonicalize from 'canonicalize';
import { fromBase64 } from '../bytes';
import { factsOfSeal } from '../facts';
import { isObject, readJson } from '../json';
import { isSignedByJwk } from '../trust-bundle/primitives';
import type { BundleKey, TrustBundle } from '../trust-bundle/trust-bundle';
import type { BundleVerdict } from '../trust-bundle/verify-with-bundle';
import { CodecFault, guardedAsync, step } from '../verdict';
import { isCertifiedBy, readCertificate, type ReadCertificate } from '../x509/read-certificate';

/** More than any QR code holds. */
const maxTextLength = 8 * 1024;
const algorithms = ['ES256', 'ES384', 'ES512'] as const;
/** The extended key usage of a certificate that signs seals (VDS-NC section 5). */
const sealSigner = '2.23.136.1.1.14.2';

interface Seal {
  data: { hdr: { t: unknown; v: unknown; is: string }; msg: Record<string, unknown> };
  sig: { alg: (typeof algorithms)[number]; cer: string; sigvl: string };
}

/**
 * Checks a visible digital seal with nothing but a trust bundle, in the order of `verifyVdsNc`: the signer's certificate by
 * an authority of its country, then the signature, then what it may sign. The message is looked at no closer than the
 * facts need. Never throws; time and memory are bounded for any input.
 */
export function verifySealWithBundle(text: string, bundle: TrustBundle, now: Date): Promise<BundleVerdict> {
  return guardedAsync(async () => {
    const { data, sig } = sealIn(text);
    const signer = step('chain', () => readCertificate(bytesOf(sig.cer)));
    await checkChain(signer, data.hdr.is, bundle, now);
    const jwk = signer.publicJwk;
    const bytes = new TextEncoder().encode(step('json', () => canonicalize(data)!));
    if (!jwk || !(await isSignedByJwk(sig.alg, jwk, bytes, bytesOf(sig.sigvl))))
      throw new CodecFault('signature');
    if (!signer.extendedKeyUsages.includes(sealSigner)) throw new CodecFault('key-usage');
    const isKnown = data.hdr.v === 1 && (data.hdr.t === 'icao.vacc' || data.hdr.t === 'icao.test');
    if (!isKnown) throw new CodecFault('content-unknown');
    const facts = hasIdentifier(data) ? factsOfSeal(data.msg) : undefined;
    if (!facts) throw new CodecFault('schema', 'message');
    const key: BundleKey = { kid: '', issuer: data.hdr.is, alg: sig.alg, jwk, usages: [], names: {} };
    const stale = now > new Date(bundle.nextUpdate);
    return { outcome: 'valid' as const, format: 'vds-nc' as const, key, facts, stale };
  });
}

function sealIn(text: string): Seal {
  if (typeof text !== 'string' || text.length > maxTextLength) throw new CodecFault('size');
  if (!text.trimStart().startsWith('{')) throw new CodecFault('prefix');
  const seal = readJson(text);
  const { data, sig } = isObject(seal) ? seal : {};
  const isSeal =
    isObject(data) &&
    isObject(data.hdr) &&
    /^[A-Z]{1,3}$/.test(String(data.hdr.is)) &&
    isObject(data.msg) &&
    isObject(sig) &&
    algorithms.some(alg => alg === sig.alg) &&
    typeof sig.cer === 'string' &&
    typeof sig.sigvl === 'string';
  if (!isSeal) throw new CodecFault('json', 'not a seal');
  return seal as Seal;
}

async function checkChain(
  signer: ReadCertificate,
  country: string,
  { authorities = [] }: TrustBundle,
  now: Date,
): Promise<void> {
  const known = authorities.filter(({ issuer }) => issuer === country);
  if (known.length === 0) throw new CodecFault('key-unknown');
  const checks = await Promise.all(known.map(({ jwk }) => isCertifiedBy(signer, jwk)));
  if (!checks.includes(true)) throw new CodecFault('chain', 'by no authority');
  if (signer.isAuthority) throw new CodecFault('chain', 'an authority signs no seals');
  if (now < signer.notBefore || now > signer.notAfter) throw new CodecFault('chain', 'out of time');
}

const hasIdentifier = ({ hdr, msg }: Seal['data']): boolean =>
  typeof (hdr.t === 'icao.vacc' ? msg.uvci : msg.utci) === 'string';

const bytesOf = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array();
