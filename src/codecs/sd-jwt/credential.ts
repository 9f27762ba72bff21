import { factsOfSdJwt, type CertificateFacts } from '../facts';
import type { KeyUsage } from '../key-usage';
import { statusReference } from '../status-lists/status-reference';
import type { PublicJwk } from '../trust-bundle/primitives';
import { CodecFault } from '../verdict';
import { disclosedClaims } from './disclosures';
import { isSignedByKey, mustBeBound, readSdJwt } from './sd-jwt';

/** A key that is believed for an issuer. */
export interface SdJwtKey {
  jwk: PublicJwk;
  /** What it may sign; empty means everything. */
  usages: readonly KeyUsage[];
}

/** A credential that was checked, with what its holder discloses. */
export interface OpenedSdJwt<K extends SdJwtKey> {
  key: K;
  kid: string;
  issuer: string;
  /** With the disclosed claims in their places. */
  claims: Record<string, unknown>;
  facts: CertificateFacts;
  issuedAt?: Date;
  expiresAt?: Date;
  /** Where its status stands; undefined where it says of none. */
  status?: { uri: string; index: number };
  /** The one spelling of it, whatever is disclosed of it. */
  spelling: string;
}

/** The older name is still in the field (draft-ietf-oauth-sd-jwt-vc, section 2.2.1). */
const types: readonly unknown[] = ['dc+sd-jwt', 'vc+sd-jwt'];
/** Claims that must not be disclosed at will: who withheld them would change what it is (section 2.2.2.2). */
const always = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'status'] as const;

/**
 * Checks an SD-JWT VC of vaccinations as of `at`: signature, disclosures, holder, dates, type. Its status is the caller's
 * to look up. Web standards only. Throws a `CodecFault`; an unknown key is never right.
 */
export async function openSdJwtCredential<K extends SdJwtKey>(
  text: string,
  keysOf: (kid: string, issuer: string) => readonly K[],
  at: Date,
): Promise<OpenedSdJwt<K>> {
  const read = readSdJwt(text);
  const { kid, typ } = read.header;
  const { iss } = read.payload;
  if (typeof kid !== 'string' || typeof iss !== 'string') throw new CodecFault('key-unknown', 'unnamed');
  const key = await signerAmong(keysOf(kid, iss), read);
  const claims = await disclosedClaims(read.payload, read.disclosures);
  if (always.some(name => name in claims && !(name in read.payload)))
    throw new CodecFault('schema', 'withheld');
  await mustBeBound(read);
  if (key.usages.length > 0 && !key.usages.includes('vaccination')) throw new CodecFault('key-usage');
  const dates = datesOf(claims, at);
  if (!types.includes(typ) || !isVaccination(claims.vct)) throw new CodecFault('content-unknown', 'vct');
  const facts = factsOfSdJwt(claims);
  if (!facts) throw new CodecFault('schema', 'claims');
  const status = statusReference(claims.status);
  if ('status' in claims && !status) throw new CodecFault('schema', 'status');
  const { issuerSigned: spelling } = read;
  return { key, kid, issuer: iss, claims, facts, ...dates, ...(status && { status }), spelling };
}

/** What it says of its signer and time, believed by nobody. Throws a `CodecFault` for what cannot be read. */
export function claimedBySdJwt(text: string): { kid?: string; issuer?: string; expiresAt?: Date } {
  const { header, payload } = readSdJwt(text);
  return {
    ...(typeof header.kid === 'string' && { kid: header.kid }),
    ...(typeof payload.iss === 'string' && { issuer: payload.iss }),
    ...(isSeconds(payload.exp) && { expiresAt: new Date(payload.exp * 1000) }),
  };
}

/** Where the type of vaccination credentials is explained, below whoever serves it: its address is its name (`vct`). */
export const vaccinationTypePath = 'contexts/vaccination/sd-jwt/v1';

/** The same type at the address of each service that issues it. */
const isVaccination = (vct: unknown): boolean =>
  typeof vct === 'string' && vct.startsWith('https://') && vct.endsWith(`/${vaccinationTypePath}`);

async function signerAmong<K extends SdJwtKey>(
  keys: readonly K[],
  read: Parameters<typeof isSignedByKey>[0],
): Promise<K> {
  if (keys.length === 0) throw new CodecFault('key-unknown');
  for (const key of keys) if (await isSignedByKey(read, key.jwk)) return key;
  throw new CodecFault('signature');
}

/** Seconds of the year 2286: whoever writes more meant milliseconds. */
const isSeconds = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 1e10;

function datesOf(
  { iat, nbf, exp }: Record<string, unknown>,
  at: Date,
): { issuedAt?: Date; expiresAt?: Date } {
  if ([iat, nbf, exp].some(date => date !== undefined && !isSeconds(date)))
    throw new CodecFault('schema', 'dates');
  const [issued, from, until] = [iat, nbf, exp].map(date =>
    isSeconds(date) ? new Date(date * 1000) : undefined,
  );
  const begins = from ?? issued;
  if (begins && at < begins) throw new CodecFault('not-yet-valid');
  if (until && at > until) throw new CodecFault('expired');
  const issuedAt = issued ?? from;
  return { ...(issuedAt && { issuedAt }), ...(until && { expiresAt: until }) };
}
