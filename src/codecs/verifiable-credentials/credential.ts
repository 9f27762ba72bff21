import { readJson } from '../json';
import type { Contexts } from '../json-ld';
import { fromEncodedList, type StatusList } from '../status-lists';
import type { KeyLookup, TrustedKey } from '../trust';
import { CodecFault, guardedAsync, step, type Fault } from '../verdict';
import { checkProofs, withProof, type ProofAsked, type ProofCheck, type ProofToMake } from './data-integrity';
import {
  checkCredential,
  checkPresentation,
  idOf,
  listOf,
  mustNameItsContexts,
  type Credential,
  type Presentation,
} from './data-model';

/** Ten times what a credential of a lifetime's doses takes; a status list has a door of its own. */
const maxTextLength = 256 * 1024;
const maxStatusListLength = 32 * 1024 * 1024;
const maxCredentials = 20;

/** All that somebody who checks credentials believes in and knows. */
export interface CredentialTrust {
  /** Keys by verification method and issuer: those of the issuer only. */
  keys: KeyLookup;
  /** The contexts believed in, each as it was read by whoever trusts it. */
  contexts: Contexts;
  /** Believe also in contexts that a document brings itself: for trying out other people's, never at a border. */
  ownContexts?: boolean;
  /** The list at an address, itself checked by {@link verifyStatusList}; undefined when there is none at hand. */
  statusLists?: (address: string) => StatusList | undefined;
}

/** The answer of a check. Only a `valid` one carries the credential. */
export type CredentialVerdict =
  { outcome: 'valid'; verificationMethods: string[]; credential: Credential } | Fault;

/** The answer of a check of a presentation. */
export type PresentationVerdict =
  { outcome: 'valid'; verificationMethods: string[]; presentation: Presentation } | Fault;

/**
 * Signs a credential of VC 2.0 with Data Integrity, eddsa-rdfc-2022. Throws a `CodecFault` (`schema`, `json-ld`) when it
 * is none, or holds a field that its contexts give no meaning to: nothing goes out that its signature does not cover.
 */
export async function signCredential(credential: object, toMake: ProofToMake): Promise<Credential> {
  return withProof(await checkCredential(credential, toMake.contexts), toMake);
}

/** Signs a presentation by its holder. Throws as {@link signCredential} does. */
export async function signPresentation(presentation: object, toMake: ProofToMake): Promise<Presentation> {
  const purpose = toMake.purpose ?? 'authentication';
  return withProof(await checkPresentation(presentation, toMake.contexts), { ...toMake, purpose });
}

/**
 * Checks a credential wholly, as of `at`: shape, meaning, proofs by keys of its issuer, dates, and its status where the
 * list is at hand. Takes its text or what was read of it. Never throws; time and memory are bounded for any input; an
 * unknown key is never valid.
 */
export function verifyCredential(
  given: unknown,
  trust: CredentialTrust,
  at: Date,
  asked: Partial<ProofAsked> = {},
): Promise<CredentialVerdict> {
  return guardedAsync(() => mustBeValid(documentOf(given), trust, at, asked));
}

/**
 * Checks a presentation and each credential in it. One without a proof of its own is the holder's own word, so its issuer
 * must be the holder (VC 2.0 section 4.13.3). Never throws.
 */
export function verifyPresentation(
  given: unknown,
  trust: CredentialTrust,
  at: Date,
  asked: Partial<ProofAsked> = {},
): Promise<PresentationVerdict> {
  return guardedAsync(async () => {
    const presentation = await checkPresentation(documentOf(given), trust.contexts);
    if (!trust.ownContexts) mustNameItsContexts(presentation);
    const holder = idOf(presentation.holder);
    const check = { ...proofCheck(holder, trust, at), purpose: 'authentication' as const, ...asked };
    const verificationMethods = await checkProofs(presentation, check);
    const credentials = listOf(presentation.verifiableCredential);
    if (credentials.length > maxCredentials) throw new CodecFault('size', 'credentials');
    for (const credential of credentials) await mustHold(credential, holder, trust, at);
    return { outcome: 'valid' as const, verificationMethods, presentation };
  });
}

/**
 * Checks a status list credential and takes the list out. `purpose` is what its subject must be for. Never throws.
 * Bitstring Status List 1.0, sections 2.2 and 3.2.
 */
export function verifyStatusList(
  given: unknown,
  trust: CredentialTrust,
  at: Date,
  purpose = 'revocation',
): Promise<{ outcome: 'valid'; list: StatusList } | Fault> {
  return guardedAsync(async () => {
    const { credential } = await mustBeValid(documentOf(given, maxStatusListLength), trust, at);
    const [subject] = listOf(credential.credentialSubject) as Record<string, unknown>[];
    const isList = subject?.type === 'BitstringStatusList' && typeof subject.encodedList === 'string';
    if (!isList || !listOf(subject.statusPurpose).includes(purpose))
      throw new CodecFault('schema', 'status list');
    return { outcome: 'valid' as const, list: fromEncodedList(subject.encodedList as string) };
  });
}

/** A Bitstring Status List credential to be signed: every credential's status under one purpose. */
export function statusListCredential(input: {
  address: string;
  issuer: string;
  purpose: string;
  encodedList: string;
  validFrom: Date;
  /** When the next one comes at the latest. */
  validUntil: Date;
  /** How long a verifier may keep it before it looks again, in milliseconds; until it ends when left out. */
  ttl?: number;
}): Credential {
  const { address, issuer, purpose, encodedList, validFrom, validUntil, ttl } = input;
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: address,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: validFrom.toISOString(),
    validUntil: validUntil.toISOString(),
    credentialSubject: {
      id: `${address}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      ...(ttl !== undefined && { ttl }),
      encodedList,
    },
  };
}

/** What was read already is read once more: so it is JSON, shallow, and nobody else's to change meanwhile. */
function documentOf(given: unknown, maxLength = maxTextLength): unknown {
  const text = typeof given === 'string' ? given : step('json', () => JSON.stringify(given) ?? '');
  if (text.length > maxLength) throw new CodecFault('size');
  return readJson(text);
}

function proofCheck(
  controller: string | undefined,
  { keys, contexts }: CredentialTrust,
  at: Date,
): ProofCheck {
  const keysOf = (method: string): readonly TrustedKey[] => keys(method, controller);
  return { keysOf, contexts, at, purpose: 'assertionMethod' };
}

function mustBeInTime({ validFrom, validUntil }: Credential, at: Date): void {
  if (validFrom && at < new Date(validFrom)) throw new CodecFault('not-yet-valid');
  if (validUntil && at > new Date(validUntil)) throw new CodecFault('expired');
}

/** Any bit set for revocation or suspension; messages and other purposes say nothing about validity. */
function mustBeInForce({ credentialStatus }: Credential, { statusLists }: CredentialTrust): void {
  for (const entry of listOf(credentialStatus) as Record<string, unknown>[]) {
    const ends = entry.statusPurpose === 'revocation' || entry.statusPurpose === 'suspension';
    if (entry.type !== 'BitstringStatusListEntry' || !ends) continue;
    const index = /^\d{1,12}$/.test(String(entry.statusListIndex)) ? Number(entry.statusListIndex) : NaN;
    const list = statusLists?.(String(entry.statusListCredential));
    const status = list?.at(index);
    if (list && status === undefined) throw new CodecFault('schema', 'statusListIndex');
    if (status) throw new CodecFault('revoked', String(entry.statusPurpose));
  }
}

async function mustHold(
  given: object,
  holder: string | undefined,
  trust: CredentialTrust,
  at: Date,
): Promise<void> {
  const credential = given as Credential;
  if (listOf(credential.type).includes('EnvelopedVerifiableCredential')) {
    throw new CodecFault('content-unknown', 'enveloped credential');
  }
  if (credential.proof) {
    await mustBeValid(credential, trust, at);
    return;
  }
  await checkCredential(credential, trust.contexts);
  if (holder === undefined || idOf(credential.issuer) !== holder)
    throw new CodecFault('schema', 'self-asserted');
}

async function mustBeValid(
  document: unknown,
  trust: CredentialTrust,
  at: Date,
  asked: Partial<ProofAsked> = {},
) {
  const credential = await checkCredential(document, trust.contexts);
  if (!trust.ownContexts) mustNameItsContexts(credential);
  const check = { ...proofCheck(idOf(credential.issuer), trust, at), ...asked };
  const verificationMethods = await checkProofs(credential, check);
  mustBeInTime(credential, at);
  mustBeInForce(credential, trust);
  return { outcome: 'valid' as const, verificationMethods, credential };
}
