import { fromBase64 } from '../bytes';
import { isObject, readJson, tryReadJson } from '../json';
import { CodecFault } from '../verdict';

/** A QR code holds three kilobytes, a file a little more; inflated, ten times that. */
export const maxTextLength = 64 * 1024;
/** What the terms of a proof mean. */
export const securityContext = 'https://w3id.org/security/v2';

/** A signature that stands beside what it signs. */
export interface Proof extends Record<string, unknown> {
  type: string;
  verificationMethod: string;
  jws: string;
}

/** A certificate taken apart, not believed. */
export interface DivocParts {
  credential: Record<string, unknown>;
  proof: Proof;
}

/** The two suites in use (Linked Data Signatures 2018), each with the one algorithm that its JWS may name. */
const suites = { RsaSignature2018: 'PS256', Ed25519Signature2018: 'EdDSA' } as const;
type Algorithm = (typeof suites)[keyof typeof suites];

/** The JSON of a certificate taken apart. Throws a `CodecFault`; call it with a text whose length is bounded. */
export function partsOf(json: string): DivocParts {
  if (!json.startsWith('{')) throw new CodecFault('prefix');
  const document = readJson(json);
  const { proof, ...credential } = isObject(document) ? document : {};
  if (!isObject(proof) || '@context' in proof || !isProof(proof)) throw new CodecFault('json', 'proof');
  return { credential, proof };
}

function isProof(proof: Record<string, unknown>): proof is Proof {
  return [proof.type, proof.verificationMethod, proof.jws].every(field => typeof field === 'string');
}

/** The signature in a JWS whose payload stands elsewhere and is not encoded (RFC 7797). Throws a `jws` fault. */
export function proofIn({ type, jws }: Proof): {
  alg: Algorithm;
  header: string;
  signature: Uint8Array<ArrayBuffer>;
} {
  const suite = Object.hasOwn(suites, type) ? suites[type as keyof typeof suites] : undefined;
  const [, header, tail] = /^([\w-]+)\.\.([\w-]+)$/.exec(jws) ?? [];
  const [head, signature] = [header, tail].map(part => (part ? fromBase64(part) : undefined));
  if (!suite || !header || !head || !signature) throw new CodecFault('jws', 'suite');
  const { alg, b64, crit } = { ...(tryReadJson(new TextDecoder().decode(head)) as Record<string, unknown>) };
  const isKnown = alg === suite && b64 === false && Array.isArray(crit) && crit.join() === 'b64';
  if (!isKnown) throw new CodecFault('jws', 'header');
  return { alg: suite, header, signature };
}

/** From when and until when it counts. Throws for one that does not count at `at`, and `schema` for a date that is none. */
export function datesOf(
  { issuanceDate, expirationDate }: Record<string, unknown>,
  at: Date,
): { issuedAt: Date; expiresAt?: Date } {
  const issuedAt = instantOf(issuanceDate);
  if (at < issuedAt) throw new CodecFault('not-yet-valid');
  if (expirationDate === undefined) return { issuedAt };
  const expiresAt = instantOf(expirationDate);
  if (at > expiresAt) throw new CodecFault('expired');
  return { issuedAt, expiresAt };
}

function instantOf(value: unknown): Date {
  const date = new Date(typeof value === 'string' ? value : NaN);
  if (Number.isNaN(date.getTime())) throw new CodecFault('schema', 'date');
  return date;
}
