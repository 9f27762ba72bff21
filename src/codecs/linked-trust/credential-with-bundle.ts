import { joined } from '../bytes';
import { factsOfCredential } from '../facts';
import { isObject, readJson } from '../json';
import {
  baseContext,
  idOf,
  type LinkedDocument,
  listOf,
  mustHaveMeaning,
  mustNameItsContexts,
} from '../verifiable-credentials/linked-document';
import {
  proofsOf,
  type ProofToCheck,
  signatureIn,
  signedStatements,
} from '../verifiable-credentials/proof-rules';
import { vaccinationContexts } from '../verifiable-credentials/vaccination-credential';
import { CodecFault, guardedAsync } from '../verdict';
import { isSignedByJwk, sha256 } from '../trust-bundle/primitives';
import { isAnyRevoked, revocationHandles } from '../trust-bundle/revocation-handles';
import type { BundleKey, TrustBundle } from '../trust-bundle/trust-bundle';
import type { BundleVerdict } from '../trust-bundle/verify-with-bundle';

/** Ten times what a credential of a lifetime's doses takes. */
const maxTextLength = 256 * 1024;
const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

type Credential = LinkedDocument & {
  issuer: string | { id: string };
  validFrom?: string;
  validUntil?: string;
};

/**
 * Checks a W3C credential with nothing but a trust bundle, as `verifyWithBundle` does other formats: web standards and the
 * two JSON-LD packages, which is why it is a script of its own. Never throws; time and memory are bounded for any input.
 * Other JSON (DIVOC, VDS-NC) is a `content-unknown` fault: it needs more than a bundle has.
 */
export function verifyCredentialWithBundle(
  text: string,
  bundle: TrustBundle,
  now: Date,
): Promise<BundleVerdict> {
  return guardedAsync(async () => {
    const credential = await credentialIn(text, bundle);
    const key = await signerOf(credential, bundle, now);
    const { issuedAt, expiresAt } = datesOf(credential, now);
    const facts = factsOfCredential(credential);
    if (!facts) throw new CodecFault('content-unknown', 'credential');
    if (key.usages.length > 0 && !key.usages.includes('vaccination')) throw new CodecFault('key-usage');
    if (await isAnyRevoked(handlesOf(credential), bundle.revoked)) throw new CodecFault('revoked');
    const stale = now > new Date(bundle.nextUpdate);
    return {
      outcome: 'valid' as const,
      format: 'w3c-credential' as const,
      key,
      issuedAt,
      expiresAt,
      facts,
      stale,
    };
  });
}

/** Every field of it has a meaning in contexts that we know; nothing else is looked at yet. */
async function credentialIn(text: string, { vaccinationContext = '' }: TrustBundle): Promise<Credential> {
  if (typeof text !== 'string' || text.length > maxTextLength) throw new CodecFault('size');
  const document = readJson(text);
  const contexts = isObject(document) ? [document['@context']].flat() : [];
  if (!isObject(document) || contexts[0] !== baseContext) throw new CodecFault('content-unknown', 'JSON');
  const { issuer, type } = document;
  const hasIssuer = typeof issuer === 'string' || (isObject(issuer) && typeof issuer.id === 'string');
  if (!hasIssuer || !listOf(type).includes('VerifiableCredential'))
    throw new CodecFault('schema', 'credential');
  const credential = document as unknown as Credential;
  mustNameItsContexts(credential);
  await mustHaveMeaning(credential, vaccinationContexts(vaccinationContext));
  return credential;
}

/** Every proof must hold, by a key of the issuer; the first one's is who signed. */
async function signerOf(credential: Credential, bundle: TrustBundle, now: Date): Promise<BundleKey> {
  const proofs = proofsOf(credential, { purpose: 'assertionMethod' }, now);
  const signers: BundleKey[] = [];
  for (const proof of proofs) signers.push(await signerAmong(proof, idOf(credential.issuer), bundle));
  return signers[0]!;
}

async function signerAmong(
  { verificationMethod, secured, options, proofValue }: ProofToCheck,
  issuer: string | undefined,
  { keys, vaccinationContext = '' }: TrustBundle,
): Promise<BundleKey> {
  const known = keys.filter(key => key.kid === verificationMethod && key.issuer === issuer);
  if (known.length === 0) throw new CodecFault('key-unknown');
  const statements = await signedStatements(secured, options, vaccinationContexts(vaccinationContext));
  const hashes = await Promise.all(statements.map(one => sha256(new TextEncoder().encode(one))));
  const signature = signatureIn(proofValue);
  for (const key of known) if (await isSignedByJwk('EdDSA', key.jwk, joined(hashes), signature)) return key;
  throw new CodecFault('signature');
}

function datesOf({ validFrom, validUntil }: Credential, now: Date): { issuedAt: Date; expiresAt: Date } {
  const [issuedAt, expiresAt] = [validFrom, validUntil].map(instant => {
    const time = typeof instant === 'string' && instantForm.test(instant) ? Date.parse(instant) : NaN;
    if (Number.isNaN(time)) throw new CodecFault('schema', 'dates');
    return new Date(time);
  }) as [Date, Date];
  if (now < issuedAt) throw new CodecFault('not-yet-valid');
  if (now > expiresAt) throw new CodecFault('expired');
  return { issuedAt, expiresAt };
}

/** The places by which it can be revoked. */
function handlesOf({ credentialStatus }: Credential): string[] {
  return listOf(credentialStatus)
    .filter(isObject)
    .map(({ statusListCredential, statusListIndex }) =>
      revocationHandles.statusPlace(`${String(statusListCredential)}#${String(statusListIndex)}`),
    );
}
