import { CodecFault } from '../verdict';
import type { PublicJwk } from '../trust-bundle/primitives';
import { toBase64 } from '../bytes';

/** What of an X.509 certificate (RFC 5280) is asked of a stranger's signer. Nothing of it is believed yet. */
export interface ReadCertificate {
  /** The bytes that its issuer signed. */
  toBeSigned: Uint8Array;
  signatureAlgorithm: string;
  signature: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  /** Undefined for a key on another curve than the NIST ones of Web Cryptography. */
  publicJwk: PublicJwk | undefined;
  isAuthority: boolean;
  /** Object identifiers, e.g. `2.23.136.1.1.14.2`. */
  extendedKeyUsages: string[];
}

interface Element {
  tag: number;
  /** Without tag and length. */
  content: Uint8Array;
  /** With them. */
  whole: Uint8Array;
}

const [boolean, bitString, octetString, oidTag, utcTime, generalizedTime, sequence, extensions] = [
  0x01, 0x03, 0x04, 0x06, 0x17, 0x18, 0x30, 0xa3,
];
const ids = {
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  ecPublicKey: '1.2.840.10045.2.1',
};
const curves: Record<string, { crv: string; bytes: number }> = {
  '1.2.840.10045.3.1.7': { crv: 'P-256', bytes: 32 },
  '1.3.132.0.34': { crv: 'P-384', bytes: 48 },
  '1.3.132.0.35': { crv: 'P-521', bytes: 66 },
};
/** What authorities sign with, as Web Cryptography calls it. */
const signatures: Record<string, { name: string; hash: string }> = {
  '1.2.840.10045.4.3.2': { name: 'ECDSA', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { name: 'ECDSA', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { name: 'ECDSA', hash: 'SHA-512' },
  '1.2.840.113549.1.1.11': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
};

/**
 * Reads a certificate in DER, for where there is no OpenSSL: a browser. Throws a `chain` fault for what is none. It reads
 * each byte once and goes no deeper than a certificate does.
 */
export function readCertificate(der: Uint8Array): ReadCertificate {
  const [certificate] = elementsIn(der, sequence);
  const [toBeSigned, algorithm, signature] = elementsIn(certificate!.content, sequence, sequence, bitString);
  const fields = elementsIn(toBeSigned!.content);
  const from = fields[0]?.tag === 0xa0 ? 1 : 0; // the version, which is left out of the first
  const [, , , validity, , publicKey, ...rest] = fields.slice(from);
  const [notBefore, notAfter] = elementsIn(contentOf(validity, sequence)).map(timeOf);
  const listed = rest.find(({ tag }) => tag === extensions);
  const known = listed ? extensionsIn(listed.content) : new Map<string, Uint8Array>();
  if (!notBefore || !notAfter) throw new CodecFault('chain', 'validity');
  return {
    toBeSigned: toBeSigned!.whole,
    signatureAlgorithm: oidIn(elementsIn(algorithm!.content)[0]),
    signature: bitsIn(signature!),
    notBefore,
    notAfter,
    publicJwk: keyIn(contentOf(publicKey, sequence)),
    isAuthority: isAuthority(known.get(ids.basicConstraints)),
    extendedKeyUsages: usagesIn(known.get(ids.extendedKeyUsage)),
  };
}

/** Whether this authority signed the certificate. RSA-PSS, and a curve that Web Cryptography has not, is a no. */
export async function isCertifiedBy(
  { toBeSigned, signature, signatureAlgorithm }: ReadCertificate,
  authority: PublicJwk,
): Promise<boolean> {
  const way = Object.hasOwn(signatures, signatureAlgorithm) ? signatures[signatureAlgorithm] : undefined;
  if (!way || authority.kty !== (way.name === 'ECDSA' ? 'EC' : 'RSA')) return false;
  try {
    const algorithm = { ...way, ...(authority.crv && { namedCurve: authority.crv }) };
    const { kty, crv, x, y, n, e } = authority;
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y, n, e }, algorithm, false, ['verify']);
    const bytes = way.name === 'ECDSA' ? pairOf(signature, authority.crv) : signature;
    return await crypto.subtle.verify(algorithm, key, own(bytes), own(toBeSigned));
  } catch {
    return false;
  }
}

/** The two numbers of an ECDSA signature, one behind the other, as long as the curve's. */
function pairOf(signature: Uint8Array, crv: string | undefined): Uint8Array {
  const { bytes } = Object.values(curves).find(curve => curve.crv === crv)!;
  const [pair] = elementsIn(signature, sequence);
  const both = new Uint8Array(2 * bytes);
  for (const [at, { content }] of elementsIn(pair!.content, 2, 2).entries()) {
    const number = content[0] === 0 ? content.subarray(1) : content;
    both.set(number, (at + 1) * bytes - number.length); // throws for one that is longer
  }
  return both;
}

function keyIn(spki: Uint8Array): PublicJwk | undefined {
  const [algorithm, key] = elementsIn(spki, sequence, bitString);
  const [kind, curve] = elementsIn(algorithm!.content);
  const named = curve?.tag === oidTag ? curves[oidIn(curve)] : undefined;
  if (oidIn(kind) !== ids.ecPublicKey || !named) return undefined;
  const point = bitsIn(key!);
  if (point[0] !== 4 || point.length !== 1 + 2 * named.bytes) return undefined; // not compressed
  const [x, y] = [point.subarray(1, 1 + named.bytes), point.subarray(1 + named.bytes)].map(base64url);
  return { kty: 'EC', crv: named.crv, x, y };
}

/** The key in a SubjectPublicKeyInfo (RFC 5280 section 4.1), bare of what is said of its algorithm. */
export function keyBitsIn(spki: Uint8Array): Uint8Array {
  const [, key] = elementsIn(contentOf(elementsIn(spki)[0], sequence), sequence, bitString);
  return bitsIn(key!);
}

function extensionsIn(content: Uint8Array): Map<string, Uint8Array> {
  const [list] = elementsIn(content, sequence);
  return new Map(
    elementsIn(list!.content).map(one => {
      const parts = elementsIn(contentOf(one, sequence));
      return [oidIn(parts[0]), contentOf(parts.at(-1), octetString)];
    }),
  );
}

function isAuthority(constraints: Uint8Array | undefined): boolean {
  if (!constraints) return false;
  const [first] = elementsIn(contentOf(elementsIn(constraints, sequence)[0], sequence));
  return first?.tag === boolean && first.content[0] !== 0;
}

const usagesIn = (usages: Uint8Array | undefined): string[] =>
  usages ? elementsIn(elementsIn(usages, sequence)[0]!.content).map(oidIn) : [];

/** The elements that lie one behind the other; the first of them with these tags, where tags are given. */
function elementsIn(bytes: Uint8Array, ...tags: number[]): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at]!;
    const short = bytes[at + 1] ?? NaN;
    const count = short < 0x80 ? 0 : short & 0x7f;
    if (!(count <= 3) || short === 0x80) throw new CodecFault('chain', 'length');
    let length = count === 0 ? short : 0;
    for (let digit = 0; digit < count; digit++) length = length * 256 + (bytes[at + 2 + digit] ?? NaN);
    const from = at + 2 + count;
    if (!(from + length <= bytes.length)) throw new CodecFault('chain', 'cut short');
    found.push({
      tag,
      content: bytes.subarray(from, from + length),
      whole: bytes.subarray(at, from + length),
    });
    at = from + length;
  }
  if (tags.some((tag, at) => found[at]?.tag !== tag)) throw new CodecFault('chain', 'not a certificate');
  return found;
}

function contentOf(element: Element | undefined, tag: number): Uint8Array {
  if (element?.tag !== tag) throw new CodecFault('chain', 'not a certificate');
  return element.content;
}

/** A bit string of whole bytes. */
function bitsIn({ content }: Element): Uint8Array {
  if (content[0] !== 0) throw new CodecFault('chain', 'bits');
  return content.subarray(1);
}

function oidIn(element: Element | undefined): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of contentOf(element, oidTag)) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0)
      arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
}

/** Two digits of a year are of 1950 to 2049 (RFC 5280 section 4.1.2.5.1). */
function timeOf({ tag, content }: Element): Date {
  const text = String.fromCharCode(...content.subarray(0, 20));
  const century = tag === utcTime ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') : '';
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + text) ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if ((tag !== utcTime && tag !== generalizedTime) || Number.isNaN(time.getTime()))
    throw new CodecFault('chain', 'time');
  return time;
}

const base64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** The same bytes in a buffer of their own, which is what these interfaces are typed to take. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
