import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHcert, type Reason } from '../../../src/codecs';
import { type CertificateTrust, readClaimed, verifyCertificate } from '../../../src/codecs/formats';
import { readDivoc } from '../../../src/codecs/divoc';
import { verifyJsonWithBundle } from '../../../src/codecs/linked-trust';
import { DATA, GIVEN, materialAt } from '../material';
import type { PublicJwk, TrustBundle } from '../../../src/codecs/trust-bundle';

/** Certificates of other systems, signed by them, read in place. */
export const folder = join(DATA, 'certificates');

/** One sample with the keys it comes with. */
export interface Sample {
  id: string;
  format: string;
  /** The text of its code; after `B64:` its bytes. */
  qr?: string;
  /** The certificate itself, where there is no code. */
  document?: Record<string, unknown>;
  key?: string | { value: string };
  /** Keys by `issuer#kid`. */
  trust?: Record<string, string>;
  expect: string;
}

/** The samples of every file in a folder of that layout. */
export function readSamples(from = folder): Sample[] {
  const at = join(from, 'crossformat');
  const names = existsSync(at) ? readdirSync(at) : [];
  return names
    .filter(name => /^vectors\b.*\.json$/.test(name))
    .flatMap(name => JSON.parse(readFileSync(join(at, name), 'utf8')) as Sample[]);
}

/** The text as a reader of QR codes gives it: a character a byte where it holds bytes. */
export function textOf({ qr, document }: Sample): string {
  if (qr?.startsWith('B64:')) return Buffer.from(qr.slice('B64:'.length), 'base64').toString('latin1');
  return qr ?? JSON.stringify(document);
}

/** What our verifier says: `valid` or the reason. Without keys nobody is trusted. */
export async function verdictOn(text: string, sample: Sample, withKeys = true): Promise<string> {
  const verdict = await verifyCertificate(text, trustOf(sample, withKeys), clockOf(text));
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

/** Formats that are JSON, which a browser checks by its second script. */
export const isJson = (text: string): boolean => /^(?:PK|\s*\{)/.test(text);

/** What is said of a sample in JSON with nothing but a trust bundle that holds the same trust. */
export async function verdictOffline(text: string, sample: Sample): Promise<string> {
  const claimed = readClaimed(text);
  const { kid = '', issuer = '' } = claimed.outcome === 'read' ? claimed.claimed : {};
  const trust = trustOf(sample, true);
  const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as PublicJwk;
  const bundle: TrustBundle = {
    format: 'tikasetu.trust-bundle/1',
    country: 'XX',
    names: {},
    serial: 1,
    issuedAt: '2023-01-01T00:00:00Z',
    nextUpdate: '2024-01-01T00:00:00Z',
    keys: trust.keys(kid, issuer).map(({ publicKey }) => ({
      kid,
      issuer,
      alg: publicKey.asymmetricKeyType === 'rsa' ? 'PS256' : 'EdDSA',
      jwk: jwkOf(publicKey),
      usages: [],
    })),
    authorities: (trust.authorities?.(issuer) ?? []).map(key => ({ issuer, jwk: jwkOf(key) })),
    contexts: Object.fromEntries(contextsOf(text)),
    revoked: '',
    valueSets: {},
  };
  const verdict = await verifyJsonWithBundle(text, bundle, clockOf(text));
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

const reasonOf: Record<string, Reason> = {
  SIGNATURE: 'signature',
  KEY: 'key-unknown',
  CWT: 'cwt',
  COSE: 'cose',
  CBOR: 'cbor',
  SCHEMA: 'schema',
  EXPIRED: 'expired',
  REVOKED: 'revoked',
  UNSIGNED: 'unsigned',
  CHAIN: 'chain',
};

/** What is to be said of it, from a sentence such as `accept: …` or `decodes …; reject:KEY (…)`. */
export function expectedOf({ expect: said }: Sample): string {
  const reason = /reject:\s*([A-Z_]+)/.exec(said)?.[1];
  return reason ? reasonOf[reason]! : 'valid';
}

/** The samples name no clock: an HCERT is checked in the second after its issue, the others when all were in use. */
function clockOf(text: string): Date {
  const read = readHcert(text);
  const issuedAt = read.outcome === 'read' ? read.hcert.claims.issuedAt : undefined;
  return issuedAt ? new Date(issuedAt.getTime() + 1000) : new Date('2023-01-01T00:00:00Z');
}

function trustOf({ format, key, trust = {} }: Sample, withKeys: boolean): CertificateTrust {
  if (!withKeys) return { keys: () => [], contexts };
  const own = typeof key === 'string' ? key : key?.value;
  const listed = (issuer: string) =>
    Object.entries(trust)
      .filter(([name]) => name.startsWith(`${issuer}#`))
      .map(([, spki]) => keyOf(spki));
  return {
    keys: (kid, issuer) => {
      const spki = own ?? trust[`${issuer}#${kid}`];
      const signers = spki ? [keyOf(spki)] : format.startsWith('DIVOC') ? divocTestKeys() : [];
      return signers.map(publicKey => ({ publicKey, usages: [] }));
    },
    contexts,
    authorities: listed,
  };
}

const keyOf = (spki: string): KeyObject =>
  createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });

/**
 * The DIVOC samples without a key are those of DIVOC's own tests: signed with the test keys that its repository publishes
 * (backend/certificate_signer: config/keys.js, tests/ed25519signer.test.js), or with the production key of the one sample
 * that carries it, which other folders may lack.
 */
function divocTestKeys(): KeyObject[] {
  const known = [...readSamples(), ...readSamples(join(GIVEN, 'certificates'))];
  const production = known.flatMap(({ key }) => (typeof key === 'object' ? keyOf(key.value) : []));
  return [...production, keyOf(publishedRsaKey), keyOf(publishedEd25519Key)];
}

const publishedRsaKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnXQalrgztecTpc+INjRQ8s73FSE1kU5QSlwBdICCVJBUKiuQUt7s+Z5epgCvLVAOCbP1' +
  'mm5lV7bfgV/iYWDio7lzX4MlJwDedWLiufr3Ajq+79CQiqPaIbZTo0i13zijKtX7wgxQ78wT/HkJRLkFpmGeK3za21tEfttytkhmJYlwaDTEc+Kx' +
  '3RJqVhVh/dfwJGeuV4Xc/e2NH++ht0ENGuTk44KpQ+pwQVqtW7lmbDZQJoOJ7HYmmoKGJ0qt2hrj15uwcD1WEYfY5N7N0ArTzPgctExtZFDmituL' +
  'GzuAZfv2AZZ9/7Y+igshzfB0reIFdUKw3cdVTzfv5FNrIqN5pwIDAQAB';
const publishedEd25519Key = 'MCowBQYDK2VwAyEAuu+xMMKF9AaF3Hi2BFZHQjvWRzI/GzMS9dq4Gkj3DH0=';

const contextFiles: [RegExp, string][] = [
  [/\/2018\/credentials\/v1$/, 'W32018CredentialsV1.json'],
  [/\/security\/v1$/, 'security-v1.jsonld'],
  [/\/security\/v2$/, 'security-v2.jsonld'],
  [/\/credentials\/vaccination\/v1$/, 'DIVOCVaccinationContextV1.json'],
  [/\/credentials\/vaccination\/v2$/, 'DIVOCVaccinationContextV2.json'],
];

function contextAt(url: string): object | undefined {
  const name = contextFiles.find(([address]) => address.test(url))?.[1];
  return name === undefined
    ? undefined
    : (JSON.parse(readFileSync(materialAt('certificates/divoc/contexts', name), 'utf8')) as object);
}

/** Each country publishes DIVOC's context under its own address: any that ends like one stands for it. */
class PublishedContexts extends Map<string, object> {
  override get(url: string): object | undefined {
    return contextAt(url);
  }
}
const contexts = new PublishedContexts();

/** Those that a certificate names, and those of proofs. */
function contextsOf(text: string): [string, object][] {
  let named: unknown[] = [];
  try {
    named = [readDivoc(text).credential['@context']].flat();
  } catch {
    // no certificate of DIVOC: it needs none
  }
  return ['https://w3id.org/security/v2', 'https://w3id.org/security/v1', ...named].flatMap(url => {
    const context = contextAt(String(url));
    return context ? [[String(url), context] as [string, object]] : [];
  });
}
