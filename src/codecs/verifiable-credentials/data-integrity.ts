import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { isObject } from '../json';
import { canonicalDocument, type Contexts } from '../json-ld';
import type { TrustedKey } from '../trust';
import { CodecFault } from '../verdict';
import { listOf, type LinkedDocument } from './data-model';
import { fromMultibase58, toMultibase58 } from './multibase';

/** What a proof is made for (VC Data Integrity section 2.1): a credential is asserted, a presentation authenticates. */
export type ProofPurpose = 'assertionMethod' | 'authentication';

/** Who signs, with an Ed25519 key. */
export interface ProofSigner {
  /** The address of the public key, in the issuer's DID document. */
  verificationMethod: string;
  privateKey: KeyObject;
}

/** How a proof is made. */
export interface ProofToMake {
  signer: ProofSigner;
  createdAt: Date;
  contexts: Contexts;
  /** `assertionMethod` unless said otherwise. */
  purpose?: ProofPurpose;
  /** What a verifier asked to be signed along, so that the proof serves but once. */
  challenge?: string;
  domain?: string;
}

/** How proofs are checked. */
export interface ProofCheck {
  /** The keys of a verification method; those of its controller only. */
  keysOf: (verificationMethod: string) => readonly TrustedKey[];
  contexts: Contexts;
  at: Date;
  /** What the proofs must have been made for: this, or one of these. */
  purpose: ProofPurpose | readonly ProofPurpose[];
  /** What they must say besides; not looked at when left out. */
  challenge?: string;
  domain?: string;
}

/** What a verifier may ask of the proofs. */
export type ProofAsked = Pick<ProofCheck, 'purpose' | 'challenge' | 'domain'>;

const cryptosuite = 'eddsa-rdfc-2022';
const type = 'DataIntegrityProof';
const maxProofs = 4;

/** The document with a proof by eddsa-rdfc-2022 added (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2). Throws a `json-ld` fault for a document without meaning. */
export async function withProof<T extends LinkedDocument>(document: T, toMake: ProofToMake): Promise<T> {
  const { signer, createdAt, contexts, purpose = 'assertionMethod', challenge, domain } = toMake;
  const { proof: earlier, ...unsecured } = document;
  const options = {
    type,
    cryptosuite,
    created: `${createdAt.toISOString().slice(0, 19)}Z`,
    verificationMethod: signer.verificationMethod,
    proofPurpose: purpose,
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
  };
  const signed = await hashOf(unsecured, options, contexts);
  const proof = { ...options, proofValue: toMultibase58(sign(null, signed, signer.privateKey)) };
  return { ...document, proof: earlier ? [...listOf(earlier), proof] : proof };
}

/**
 * Checks every proof of a document, and that it has one. Returns the verification methods. Throws a fault: `signature`
 * when there is no proof or one does not hold, `content-unknown` for a kind of proof not known here, `key-unknown`,
 * `expired`, `not-yet-valid`, `json-ld`.
 */
export async function checkProofs(document: LinkedDocument, check: ProofCheck): Promise<string[]> {
  const { proof, ...unsecured } = document;
  const proofs = listOf(proof);
  if (proofs.length === 0 || proofs.length > maxProofs) throw new CodecFault('signature', 'proof');
  const methods: string[] = [];
  for (const one of proofs) {
    const earlier = previousProofs(one, proofs);
    const secured = earlier.length > 0 ? { ...unsecured, proof: earlier } : unsecured;
    methods.push(await checkProof(secured, one, check));
  }
  return methods;
}

/**
 * The proofs that one was made over besides the document: a chain, in which a later signature vouches for earlier ones (VC
 * Data Integrity section 4.6). Throws a `signature` fault when it names one that is not there.
 */
function previousProofs(proof: object, all: readonly object[]): object[] {
  const { previousProof: named } = proof as Record<string, unknown>;
  return listOf(named).map(id => {
    const found = all.find(one => typeof id === 'string' && (one as { id?: unknown }).id === id);
    if (!found || found === proof) throw new CodecFault('signature', 'previous proof');
    return found;
  });
}

async function checkProof(secured: object, proof: object, check: ProofCheck): Promise<string> {
  const { proofValue, ...options } = proof as Record<string, unknown>;
  if (options.type !== type || options.cryptosuite !== cryptosuite)
    throw new CodecFault('content-unknown', 'proof');
  const { verificationMethod } = options;
  if (typeof proofValue !== 'string' || typeof verificationMethod !== 'string') {
    throw new CodecFault('signature', 'proof');
  }
  mustBeFor(options, check);
  const keys = check.keysOf(verificationMethod);
  const signed = await hashOf(secured, options, check.contexts);
  if (keys.length === 0) throw new CodecFault('key-unknown');
  const signature = fromMultibase58(proofValue);
  const isSigner = ({ publicKey }: TrustedKey) =>
    publicKey.asymmetricKeyType === 'ed25519' && verify(null, signed, publicKey, signature);
  if (signature.length !== 64 || !keys.some(isSigner)) throw new CodecFault('signature');
  return verificationMethod;
}

/** Purpose, time, and what was asked to be signed along (VC Data Integrity section 4.4). */
function mustBeFor(options: Record<string, unknown>, { purpose, at, challenge, domain }: ProofCheck): void {
  if (![purpose].flat().includes(options.proofPurpose as ProofPurpose))
    throw new CodecFault('signature', 'purpose');
  if (challenge !== undefined && options.challenge !== challenge)
    throw new CodecFault('signature', 'challenge');
  if (domain !== undefined && !listOf(options.domain).includes(domain))
    throw new CodecFault('signature', 'domain');
  if (instantOf(options.created) > at.getTime()) throw new CodecFault('not-yet-valid', 'proof');
  if (instantOf(options.expires) < at.getTime()) throw new CodecFault('expired', 'proof');
}

/** A date without a zone is in UTC, whatever it should have had (VC Data Integrity section 2.1). */
const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/;

/** NaN for a date that is not given, which is neither before nor after any. */
function instantOf(given: unknown): number {
  if (given === undefined) return NaN;
  const [, date, zone] = typeof given === 'string' ? (dateTime.exec(given) ?? []) : [];
  const time = Date.parse(`${date}${zone ?? 'Z'}`);
  if (Number.isNaN(time)) throw new CodecFault('signature', 'date of proof');
  return time;
}

/** The hash of the proof's own canonical form, then that of the document's (section 3.3.4). */
async function hashOf(unsecured: object, options: object, contexts: Contexts): Promise<Uint8Array> {
  const context = contextOf(unsecured, options);
  const hashes = [];
  for (const part of [{ ...options }, unsecured]) {
    const statements = await canonicalDocument({ ...part, '@context': context }, contexts);
    hashes.push(createHash('sha256').update(statements).digest());
  }
  return Buffer.concat(hashes);
}

/** A proof may name the contexts it was made in; the document must begin with them (section 3.2.2, step 4). */
function contextOf(unsecured: { '@context'?: unknown }, options: object): unknown {
  const all = listOf(unsecured['@context']);
  if (!('@context' in options)) return all;
  const own = listOf(options['@context']);
  const begins = own.every((context, at) => JSON.stringify(context) === JSON.stringify(all[at]));
  if (!begins || !own.every(context => typeof context === 'string' || isObject(context))) {
    throw new CodecFault('signature', 'context of proof');
  }
  return own;
}
