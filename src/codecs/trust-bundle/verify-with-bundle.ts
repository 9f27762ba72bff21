import { fromBase64, toBase64 } from '../bytes';
import type { CoseAlgorithm } from '../cose/cose-message';
import { signedBytes } from '../cose/cose-message';
import { factsOfHcert, factsOfHealthCard, type CertificateFacts } from '../facts';
import {
  checkDates,
  compressedIn,
  maxInflatedBytes,
  mayBeUsedFor,
  readEnvelope,
} from '../hcert/hcert-envelope';
import { isObject, readJson } from '../json';
import { usageOfDcc, type KeyUsage } from '../key-usage';
import { openSdJwtCredential } from '../sd-jwt/credential';
import { looksLikeSdJwt } from '../sd-jwt/sd-jwt';
import { Findings } from '../smart-health-card/findings';
import { fromNumeric } from '../smart-health-card/numeric';
import { CodecFault, guardedAsync, type Fault } from '../verdict';
import { inflated, isSignedByJwk } from './primitives';
import { certificateIdsIn, isAnyRevoked, revocationHandles } from './revocation-handles';
import type { BundleKey, TrustBundle } from './trust-bundle';

/** The answer of a check with a bundle. Only a `valid` one tells facts. */
export type BundleVerdict =
  | {
      outcome: 'valid';
      format: 'hcert' | 'smart-health-card' | 'sd-jwt-vc' | 'w3c-credential' | 'divoc' | 'vds-nc';
      /** The key that signed, with its issuer. */
      key: BundleKey;
      /** Absent where the format says it of no certificate (VDS-NC). */
      issuedAt?: Date;
      /** Absent when without end. */
      expiresAt?: Date;
      facts: CertificateFacts;
      /** The bundle is past its next update: what was revoked since is not known. */
      stale: boolean;
    }
  | Fault;

type Opened = Omit<Extract<BundleVerdict, { outcome: 'valid' }>, 'outcome' | 'stale'> & { handles: string[] };

/**
 * Checks the text of a QR code with nothing but a trust bundle, as of `now`: HCERT (EU DCC, WHO ICVP, national), SMART
 * Health Card and SD-JWT VC. Web standards only, so it runs in a browser without a network and without `eval`. Never
 * throws; time and memory are bounded for any input; an unknown key is never valid. Formats that need more than a
 * bundle (VDS-NC, JSON-LD) are a `content-unknown` fault, other texts a `prefix` fault.
 */
export function verifyWithBundle(text: string, bundle: TrustBundle, now: Date): Promise<BundleVerdict> {
  return guardedAsync(async () => {
    const { handles, ...opened } = await open(text, bundle, now);
    if (await isAnyRevoked(handles, bundle.revoked)) throw new CodecFault('revoked');
    return { outcome: 'valid' as const, ...opened, stale: now > new Date(bundle.nextUpdate) };
  });
}

function open(text: string, bundle: TrustBundle, now: Date): Promise<Opened> {
  if (typeof text !== 'string') throw new CodecFault('prefix');
  if (/^[\r\n\t]*HC1:/.test(text)) return openHcert(text, bundle, now);
  if (looksLikeSdJwt(text)) return openSdJwt(text, bundle, now);
  if (/^\s*(?:shc:\/|eyJ)/i.test(text)) return openHealthCard(text, bundle, now);
  throw new CodecFault(/^(?:PK|\s*\{)/.test(text) ? 'content-unknown' : 'prefix');
}

async function openHcert(text: string, bundle: TrustBundle, now: Date): Promise<Opened> {
  const cose = await inflated(compressedIn(text), 'deflate', maxInflatedBytes);
  const { kid, claims, claimKey, content, message } = readEnvelope(cose);
  const keys = bundle.keys.filter(
    key => key.kid === kid && (claims.issuer === undefined || claims.issuer === key.issuer),
  );
  const key = await signerAmong(keys, message.alg, signedBytes(message), message.signature);
  const usage = claimKey === euDccKey ? usageOfDcc(content) : 'vaccination';
  if (!mayBeUsedFor(usage, key.usages)) throw new CodecFault(usage ? 'key-usage' : 'schema');
  const { issuedAt, expiresAt } = checkDates(claims, now);
  const facts = factsOfHcert(claimKey, content);
  if (!facts) throw new CodecFault([1, -6, -84].includes(claimKey) ? 'schema' : 'content-unknown');
  const handles = [
    ...certificateIdsIn(content).map(id => revocationHandles.certificate(key.issuer, id)),
    revocationHandles.signature(toBase64(message.signature)),
  ];
  return { format: 'hcert', key, issuedAt, expiresAt, facts, handles };
}

/** Of the contents only this one may be a test or a recovery. */
const euDccKey = 1;

const compactJws = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

async function openHealthCard(text: string, bundle: TrustBundle, now: Date): Promise<Opened> {
  const jws = jwsIn(text.trim());
  const [, header, body, tail] = compactJws.exec(jws) ?? [];
  if (!header || !body || !tail) throw new CodecFault('json', 'not base64url.base64url.base64url');
  const { kid, alg, zip, crit } = objectIn(bytesOf(header), 'jws');
  if (alg !== 'ES256' || zip !== 'DEF' || crit !== undefined) throw new CodecFault('jws', 'header');
  const payload = objectIn(await inflated(bytesOf(body), 'deflate-raw', maxInflatedBytes), 'json');
  const { iss, nbf, exp, credential, rid } = claimsOf(payload);
  const keys = bundle.keys.filter(key => key.kid === kid && key.issuer === iss);
  const key = await signerAmong(keys, 'ES256', new TextEncoder().encode(`${header}.${body}`), bytesOf(tail));
  if (now.getTime() < nbf * 1000) throw new CodecFault('not-yet-valid');
  if (exp !== undefined && now.getTime() > exp * 1000) throw new CodecFault('expired');
  const facts = factsOfHealthCard(credential.fhirBundle);
  if (!facts) throw new CodecFault('schema', 'fhirBundle');
  const needed: KeyUsage[] = [
    ...(facts.doses.length > 0 ? (['vaccination'] as const) : []),
    ...(facts.others.length > 0 ? (['test'] as const) : []),
  ];
  if (!needed.every(usage => mayBeUsedFor(usage, key.usages))) throw new CodecFault('key-usage');
  const expiresAt = exp === undefined ? {} : { expiresAt: new Date(exp * 1000) };
  const handles = rid === undefined ? [] : [revocationHandles.healthCard(key.kid, rid)];
  return { format: 'smart-health-card', key, issuedAt: new Date(nbf * 1000), ...expiresAt, facts, handles };
}

async function openSdJwt(text: string, bundle: TrustBundle, now: Date): Promise<Opened> {
  const keysOf = (kid: string, issuer: string): BundleKey[] =>
    bundle.keys.filter(key => key.kid === kid && key.issuer === issuer);
  const opened = await openSdJwtCredential(text, keysOf, now);
  const { key, facts, issuedAt, expiresAt, status } = opened;
  const dates = { ...(issuedAt && { issuedAt }), ...(expiresAt && { expiresAt }) };
  const handles = status ? [revocationHandles.statusPlace(`${status.uri}#${status.index}`)] : [];
  return { format: 'sd-jwt-vc', key, ...dates, facts, handles };
}

function jwsIn(text: string): string {
  if (!/^shc:/i.test(text)) {
    if (text.length > maxInflatedBytes) throw new CodecFault('size');
    return text;
  }
  const findings = new Findings();
  const jws = fromNumeric([text], findings);
  if (jws === undefined) throw new CodecFault(findings.breach?.reason ?? 'numeric');
  return jws;
}

/** Seconds of the year 2286: whoever writes more meant milliseconds. */
const isSeconds = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 1e10;

function claimsOf({ iss, nbf, exp, vc }: Record<string, unknown>) {
  const credential = isObject(vc) ? vc.credentialSubject : undefined;
  const rid = isObject(vc) ? vc.rid : undefined;
  const isCard = typeof iss === 'string' && isSeconds(nbf) && (exp === undefined || isSeconds(exp));
  if (!isCard || !isObject(credential) || (rid !== undefined && typeof rid !== 'string'))
    throw new CodecFault('schema', 'health card');
  return { iss, nbf, exp, credential, rid };
}

/** Tries every key of that name, since short kids collide (HCERT 3.3.3). */
async function signerAmong(
  keys: readonly BundleKey[],
  alg: CoseAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<BundleKey> {
  if (keys.length === 0) throw new CodecFault('key-unknown');
  for (const key of keys) if (await isSignedByJwk(alg, key.jwk, data, signature)) return key;
  throw new CodecFault('signature');
}

function bytesOf(part: string): Uint8Array {
  const bytes = fromBase64(part);
  if (!bytes) throw new CodecFault('jws', 'base64url');
  return bytes;
}

function objectIn(bytes: Uint8Array, reason: 'jws' | 'json'): Record<string, unknown> {
  const value = readJson(new TextDecoder().decode(bytes));
  if (!isObject(value)) throw new CodecFault(reason);
  return value;
}
