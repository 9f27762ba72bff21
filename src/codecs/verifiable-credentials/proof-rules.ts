import { isObject } from '../json';
import { canonicalDocument, type Contexts } from '../json-ld';
import { CodecFault } from '../verdict';
import { type LinkedDocument, listOf } from './linked-document';
import { fromMultibase58 } from './multibase';

/** What a proof is made for (VC Data Integrity section 2.1): a credential is asserted, a presentation authenticates. */
export type ProofPurpose = 'assertionMethod' | 'authentication';

/** What a verifier may ask of the proofs. */
export interface ProofAsked {
  /** What they must have been made for: this, or one of these. */
  purpose: ProofPurpose | readonly ProofPurpose[];
  /** What they must say besides; not looked at when left out. */
  challenge?: string;
  domain?: string;
}

/** A proof that is rightly made but for its signature, which is still to be checked. */
export interface ProofToCheck {
  verificationMethod: string;
  /** The document, with the proofs that this one vouches for. */
  secured: object;
  /** The proof without its value. */
  options: Record<string, unknown>;
  proofValue: string;
}

export const cryptosuite = 'eddsa-rdfc-2022';
export const proofType = 'DataIntegrityProof';
const maxProofs = 4;

/**
 * The proofs of a document, each of a kind known here, for what was asked, and in its time. Throws a fault: `signature`
 * when there is none or one is not whole, `content-unknown` for a kind of proof not known here, `expired`, `not-yet-valid`.
 */
export function proofsOf(document: LinkedDocument, asked: ProofAsked, at: Date): ProofToCheck[] {
  const { proof, ...unsecured } = document;
  const proofs = listOf(proof);
  if (proofs.length === 0 || proofs.length > maxProofs) throw new CodecFault('signature', 'proof');
  return proofs.map(one => {
    const { proofValue, ...options } = one as Record<string, unknown>;
    const { verificationMethod } = options;
    if (options.type !== proofType || options.cryptosuite !== cryptosuite)
      throw new CodecFault('content-unknown', 'proof');
    if (typeof proofValue !== 'string' || typeof verificationMethod !== 'string')
      throw new CodecFault('signature', 'proof');
    mustBeFor(options, asked, at);
    const earlier = previousProofs(one, proofs);
    const secured = earlier.length > 0 ? { ...unsecured, proof: earlier } : unsecured;
    return { verificationMethod, secured, options, proofValue };
  });
}

/** The 64 bytes of an Ed25519 signature. Throws a `signature` fault for anything else. */
export function signatureIn(proofValue: string): Uint8Array {
  const signature = fromMultibase58(proofValue);
  if (signature.length !== 64) throw new CodecFault('signature', 'length');
  return signature;
}

/**
 * What is hashed and then signed: the proof's own canonical form, then that of the document (Data Integrity EdDSA
 * Cryptosuites 1.0, section 3.2.4). Throws a `json-ld` or `unsigned` fault.
 */
export async function signedStatements(
  secured: object,
  options: object,
  contexts: Contexts,
): Promise<[string, string]> {
  const context = contextOf(secured, options);
  const canonical = (part: object) => canonicalDocument({ ...part, '@context': context }, contexts);
  return [await canonical(options), await canonical(secured)];
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

/** Purpose, time, and what was asked to be signed along (VC Data Integrity section 4.4). */
function mustBeFor(
  options: Record<string, unknown>,
  { purpose, challenge, domain }: ProofAsked,
  at: Date,
): void {
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
