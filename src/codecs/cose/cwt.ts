import { dateTags, fromCbor, toCbor, untagged, type CborMap, type CborValue } from './cbor';
import { CodecFault, step } from '../verdict';

/** Claim numbers (RFC 8392 section 4). */
const claim = { issuer: 1, expiresAt: 4, notBefore: 5, issuedAt: 6 };

/** The claims about the certificate itself; read ones may lack any of them. */
export interface CwtClaims {
  issuer: string | undefined;
  issuedAt: Date;
  expiresAt: Date;
  notBefore: Date | undefined;
}

/** Reads a CWT claims set. Throws a `cbor` fault, or `cwt` when it is none or a date in it is not a number. */
export function readCwt(bytes: Uint8Array): { claims: Partial<CwtClaims>; set: CborMap } {
  const set = step('cbor', () => fromCbor(bytes));
  if (!(set instanceof Map)) throw new CodecFault('cwt', 'not a claims set');
  const issuer = set.get(claim.issuer);
  const claims = {
    issuer: typeof issuer === 'string' ? issuer : undefined,
    issuedAt: instant(set, claim.issuedAt),
    expiresAt: instant(set, claim.expiresAt),
    notBefore: instant(set, claim.notBefore),
  };
  return { claims, set };
}

/** Writes a CWT claims set with whole-second dates; `more` are further claims by number. */
export function writeCwt(claims: Omit<CwtClaims, 'notBefore'>, more: [number, CborValue][]): Uint8Array {
  const dates: [number, CborValue][] = [
    [claim.issuedAt, Math.floor(claims.issuedAt.getTime() / 1000)],
    [claim.expiresAt, Math.floor(claims.expiresAt.getTime() / 1000)],
  ];
  const issuer: [number, CborValue][] = claims.issuer ? [[claim.issuer, claims.issuer]] : [];
  return toCbor(new Map([...issuer, ...dates, ...more]));
}

/** NumericDate: seconds since 1970, fractions allowed (RFC 8392 section 2). */
function instant(set: CborMap, key: number): Date | undefined {
  const seconds = untagged(set.get(key), dateTags); // RFC 8392 wants them bare; some are tagged
  if (seconds === undefined) return undefined;
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : NaN);
  if (Number.isNaN(date.getTime())) throw new CodecFault('cwt', 'date');
  return date;
}
