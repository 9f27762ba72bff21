import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import type { Contexts } from '../json-ld';
import type { TrustedKey } from '../trust';
import { CodecFault } from '../verdict';
import { type LinkedDocument, listOf } from './linked-document';
import { toMultibase58 } from './multibase';
import {
  cryptosuite,
  type ProofAsked,
  type ProofPurpose,
  proofsOf,
  proofType,
  signatureIn,
  signedStatements,
} from './proof-rules';

export type { ProofAsked, ProofPurpose } from './proof-rules';

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
export interface ProofCheck extends ProofAsked {
  /** The keys of a verification method; those of its controller only. */
  keysOf: (verificationMethod: string) => readonly TrustedKey[];
  contexts: Contexts;
  at: Date;
}

/**
 * The document with a proof by eddsa-rdfc-2022 added (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2). Throws
 * a `json-ld` fault for a document without meaning.
 */
export async function withProof<T extends LinkedDocument>(document: T, toMake: ProofToMake): Promise<T> {
  const { signer, createdAt, contexts, purpose = 'assertionMethod', challenge, domain } = toMake;
  const { proof: earlier, ...unsecured } = document;
  const options = {
    type: proofType,
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
  const methods: string[] = [];
  for (const { verificationMethod, secured, options, proofValue } of proofsOf(document, check, check.at)) {
    const keys = check.keysOf(verificationMethod);
    const signed = await hashOf(secured, options, check.contexts);
    if (keys.length === 0) throw new CodecFault('key-unknown');
    const signature = signatureIn(proofValue);
    const isSigner = ({ publicKey }: TrustedKey) =>
      publicKey.asymmetricKeyType === 'ed25519' && verify(null, signed, publicKey, signature);
    if (!keys.some(isSigner)) throw new CodecFault('signature');
    methods.push(verificationMethod);
  }
  return methods;
}

/** The hash of the proof's own canonical form, then that of the document's (section 3.3.4). */
async function hashOf(secured: object, options: object, contexts: Contexts): Promise<Uint8Array> {
  const statements = await signedStatements(secured, options, contexts);
  return Buffer.concat(statements.map(one => createHash('sha256').update(one).digest()));
}
