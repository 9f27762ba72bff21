import { Inject, Injectable } from '@nestjs/common';
import { CodecFault, guardedAsync, isObject, type TrustedKey } from '../../codecs';

import type { Contexts } from '../../codecs/json-ld';
import {
  type CredentialTrust,
  keyOfMultikey,
  type ProofAsked,
  type ProofPurpose,
  signCredential,
  vaccinationContexts,
  verifyCredential,
  verifyPresentation,
} from '../../codecs/verifiable-credentials';
import { CONFIG, type Config } from '../../platform/config';
import type { Context, TenantRef } from '../../platform/context';
import { KeyManagement } from '../../platform/keys';
import { addressesOf, vaccinationContextAddress } from '../publishing/addresses';
import { KnownSigners } from '../verifying/known-signers';
import { type ProblemDetails, problemOf } from './problem-details';
import { trialSigner } from './trial-signer';

/** An answer of the VC-API: the status of HTTP, and what is in it. */
export interface VcApiAnswer {
  status: 200 | 201 | 400;
  body: object;
}

/** What the W3C's suites use besides the base: terms that nobody has defined. */
const EXAMPLES: readonly (readonly [string, object])[] = [
  [
    'https://www.w3.org/ns/credentials/examples/v2',
    { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
  ],
  [
    'https://www.w3.org/ns/credentials/undefined-terms/v2',
    { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/undefined-term#' } },
  ],
];

/**
 * The W3C community group's VC-API over the very codecs that certificates are made and checked with, so that the suites of
 * others can be run against a service. Whatever is asked is signed by a key that nobody believes; what is verified is the
 * proof, by the key that it names itself. Neither says anything about a certificate.
 */
@Injectable()
export class TryCredentials {
  private readonly contexts: Contexts;

  constructor(
    private readonly keys: KeyManagement,
    private readonly signers: KnownSigners,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const ours = vaccinationContexts(vaccinationContextAddress(config.publicUrl));
    this.contexts = new Map([...ours, ...EXAMPLES]);
  }

  /** Whether a country's service may be tried out: only where whoever runs it says so. */
  isOpenFor({ code }: TenantRef): boolean {
    return this.config.vcApiTenants.includes(code);
  }

  /** `POST /credentials/issue`: signs any conforming credential. */
  async issue(ctx: Context, { code }: TenantRef, body: unknown): Promise<VcApiAnswer> {
    const issued = await guardedAsync(async () => ({
      outcome: 'valid' as const,
      verifiableCredential: await signCredential(objectIn(body, 'credential'), {
        signer: trialSigner(this.keys, code),
        createdAt: ctx.now(),
        contexts: this.contexts,
      }),
    }));
    if (issued.outcome !== 'valid') return refused([problemOf(issued)]);
    return { status: 201, body: { verifiableCredential: issued.verifiableCredential } };
  }

  /** `POST /credentials/verify`. */
  verifyCredential(ctx: Context, body: unknown): Promise<VcApiAnswer> {
    return this.verify(ctx, body, 'verifiableCredential', 'assertionMethod', verifyCredential);
  }

  /** `POST /presentations/verify`: the presentation and every credential in it. */
  verifyPresentation(ctx: Context, body: unknown): Promise<VcApiAnswer> {
    const purposes: ProofPurpose[] = ['authentication', 'assertionMethod'];
    return this.verify(ctx, body, 'verifiablePresentation', purposes, verifyPresentation);
  }

  private async verify(
    ctx: Context,
    body: unknown,
    field: string,
    purpose: ProofAsked['purpose'],
    verify: typeof verifyCredential | typeof verifyPresentation,
  ): Promise<VcApiAnswer> {
    const verdict = await guardedAsync(async () => {
      const given = objectIn(body, field);
      const asked = { purpose, ...askedIn(body) };
      return verify(given, await this.trustFor(ctx, given), ctx.now(), asked);
    });
    if (verdict.outcome !== 'valid') return refused([problemOf(verdict)]);
    return { status: 200, body: { verified: true, problemDetails: [] } };
  }

  /** A `did:key` is its own key. Any other is looked for among those that the country knows, for their own issuer. */
  private async trustFor(ctx: Context, given: object): Promise<CredentialTrust> {
    const known = new Map<string, { key: TrustedKey; issuer: string }[]>();
    for (const method of methodsIn(given).filter(one => !one.startsWith('did:key:'))) {
      const signers = await this.signers.named(ctx, { kid: method });
      const named = signers.map(({ own, issuer, ...key }) => ({
        key,
        issuer: own ? addressesOf(this.config.publicUrl, own.tenantCode).did : issuer!,
      }));
      known.set(method, named);
    }
    const keys: CredentialTrust['keys'] = (method, controller) =>
      ownKey(method) ??
      (known.get(method) ?? []).filter(({ issuer }) => issuer === controller).map(({ key }) => key);
    return { keys, contexts: this.contexts, ownContexts: true };
  }
}

/** A fault in the request is one of whoever asks, like a proof that does not hold. */
function refused(problemDetails: readonly ProblemDetails[]): VcApiAnswer {
  return { status: 400, body: { ...problemDetails[0], status: 400, verified: false, problemDetails } };
}

function objectIn(body: unknown, field: string): object {
  const value = isObject(body) ? body[field] : undefined;
  if (!isObject(value)) throw new CodecFault('schema', `/${field}`);
  return value;
}

/** What the request wants of the proof; options not known here are nobody's (VC-API, `VerifyCredentialOptions`). */
function askedIn(body: unknown): Partial<ProofAsked> {
  const options = isObject(body) && isObject(body.options) ? body.options : {};
  const { domain, challenge, expectedProofPurpose: purpose } = options;
  for (const given of [domain, challenge, purpose])
    if (given !== undefined && given !== null && typeof given !== 'string')
      throw new CodecFault('schema', '/options');
  return {
    ...(typeof domain === 'string' && { domain }),
    ...(typeof challenge === 'string' && { challenge }),
    ...(typeof purpose === 'string' && { purpose: purpose as ProofPurpose }),
  };
}

/** As many as a presentation may hold credentials, each with its proofs; more are refused by the codec. */
const maxMethods = 100;

/** The verification methods of a document's proofs and of those in it. */
function methodsIn(given: object): string[] {
  const { proof, verifiableCredential } = given as Record<string, unknown>;
  const documents = [verifiableCredential].flat().filter(isObject);
  const proofs = [proof, ...documents.map(one => one.proof)].flat().filter(isObject);
  const methods = proofs.flatMap(one =>
    typeof one.verificationMethod === 'string' ? one.verificationMethod : [],
  );
  return [...new Set(methods)].slice(0, maxMethods);
}

/**
 * The key in a `did:key` address, which names it twice (did:key method, section 3.1); undefined for another kind of
 * address.
 */
function ownKey(method: string): TrustedKey[] | undefined {
  const [, multikey, fragment] = /^did:key:(z[^#]*)#(.*)$/.exec(method) ?? [];
  if (multikey === undefined) return method.startsWith('did:key:') ? [] : undefined;
  return multikey === fragment ? [{ publicKey: keyOfMultikey(multikey), usages: [] }] : [];
}
