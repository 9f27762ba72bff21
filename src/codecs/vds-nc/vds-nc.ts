import { verify, X509Certificate, type KeyObject } from 'node:crypto';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import canonicalize from 'canonicalize';
import { shapeOf } from '../../common';
import { mustMatch } from '../hcert/hcert-content';
import { readJson } from '../json';
import { CodecFault, guarded, step, type Fault } from '../verdict';

/** More than any QR code holds. */
const maxTextLength = 8 * 1024;
/** More authorities than any country has at a time. */
const maxAuthorities = 64;

/** The keys of a country's signing authorities (CSCA), old and new, by ICAO's code of the country; empty when unknown. */
export type AuthorityLookup = (country: string) => readonly KeyObject[];

/** A visible digital seal (ICAO Technical Report VDS-NC 1.4, section 3). */
export interface VisibleDigitalSeal {
  hdr: { t: 'icao.test' | 'icao.vacc'; v: number; is: string };
  msg: Record<string, unknown>;
}

/** The answer of a check. Only a `valid` one carries the seal. */
export type VdsNcVerdict = { outcome: 'valid'; issuer: string; seal: VisibleDigitalSeal } | Fault;

const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const text = { type: 'string', minLength: 1, maxLength: 200 };
const country = { type: 'string', pattern: '^[A-Z]{1,3}$' };
const list = (items: object) => ({ type: 'array', minItems: 1, items });
const holder = object(
  { n: text, dob: { type: 'string', pattern: '^\\d{4}(-\\d\\d(-\\d\\d)?)?$' }, i: text, sex: text },
  ['n'],
);
const dose = object(
  {
    dvc: { type: 'string', format: 'date' },
    seq: { type: 'integer', minimum: 1 },
    ctr: country,
    adm: text,
    lot: text,
  },
  ['dvc', 'seq', 'ctr'],
);
const vaccination = object({
  uvci: text,
  pid: holder,
  ve: list(object({ des: text, nam: text, dis: text, vd: list(dose) }, ['des', 'nam', 'vd'])),
});
const test = object({ utci: text, pid: holder, sp: object({}), dat: object({}), tr: object({}) }, [
  'utci',
  'pid',
  'tr',
]);

const ajv = addFormats(new Ajv());
const isSealed = shapeOf(() =>
  ajv.compile<Sealed>(
    object({
      data: object({
        hdr: object({ t: text, v: { type: 'integer' }, is: country }),
        msg: { type: 'object' },
      }),
      sig: object({
        alg: { enum: ['ES256', 'ES384', 'ES512'] },
        cer: { type: 'string' },
        sigvl: { type: 'string' },
      }),
    }),
  ),
);
const contents = {
  'icao.vacc': shapeOf(() => ajv.compile(vaccination)),
  'icao.test': shapeOf(() => ajv.compile(test)),
};

interface Sealed {
  data: VisibleDigitalSeal;
  sig: { alg: keyof typeof hashOf; cer: string; sigvl: string };
}

const hashOf = { ES256: 'sha256', ES384: 'sha384', ES512: 'sha512' };
/** The extended key usage of a certificate that signs seals (VDS-NC section 5). */
const sealSigner = '2.23.136.1.1.14.2';

/**
 * Checks a visible digital seal as of `at`: the signer's certificate, which the seal carries, by an authority of its
 * country and in its time, then the signature over the data in canonical form (RFC 8785), then the content. Never throws;
 * time and memory are bounded for any input; a country without known authorities is never valid.
 */
export function verifyVdsNc(given: string, authorities: AuthorityLookup, at: Date): VdsNcVerdict {
  return guarded(() => {
    if (typeof given !== 'string' || given.length > maxTextLength) throw new CodecFault('size');
    if (!given.trimStart().startsWith('{')) throw new CodecFault('prefix');
    const sealed = readJson(given);
    if (!isSealed(sealed)) throw new CodecFault('json', 'not a seal');
    const { data, sig } = sealed;
    const signer = step('chain', () => new X509Certificate(Buffer.from(sig.cer, 'base64url')));
    checkChain(signer, authorities(data.hdr.is).slice(0, maxAuthorities), at);
    if (!isSignedBy(sealed, signer.publicKey)) throw new CodecFault('signature');
    if (!signer.keyUsage?.includes(sealSigner)) throw new CodecFault('key-usage');
    if (data.hdr.v !== 1 || !Object.hasOwn(contents, data.hdr.t)) throw new CodecFault('content-unknown');
    mustMatch(contents[data.hdr.t], data.msg);
    return { outcome: 'valid', issuer: data.hdr.is, seal: data };
  });
}

function checkChain(signer: X509Certificate, authorities: readonly KeyObject[], at: Date): void {
  if (authorities.length === 0) throw new CodecFault('key-unknown');
  if (!authorities.some(key => isIssuedBy(signer, key))) throw new CodecFault('chain', 'by no authority');
  if (signer.ca) throw new CodecFault('chain', 'an authority signs no seals');
  if (at < new Date(signer.validFrom) || at > new Date(signer.validTo))
    throw new CodecFault('chain', 'out of time');
}

function isIssuedBy(signer: X509Certificate, authority: KeyObject): boolean {
  try {
    return signer.verify(authority);
  } catch {
    return false; // OpenSSL throws when the key is not of the kind that the certificate's algorithm names
  }
}

function isSignedBy({ data, sig }: Sealed, key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'ec') return false;
  const bytes = Buffer.from(step('json', () => canonicalize(data)!));
  try {
    return verify(
      hashOf[sig.alg],
      bytes,
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(sig.sigvl, 'base64url'),
    );
  } catch {
    return false; // as above, for some malformed signatures
  }
}
