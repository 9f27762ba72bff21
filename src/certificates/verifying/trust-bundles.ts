import { Inject, Injectable } from '@nestjs/common';
import { CompactSign } from 'jose';
import {
  packedHandles,
  type PublicJwk,
  revocationHandles,
  type TrustBundle,
} from '../../codecs/trust-bundle';
import { CONFIG, type Config } from '../../platform/config';
import type { Context, TenantRef } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Programmes } from '../../programmes';
import { Catalogue, type CatalogueRow } from '../../tenancy';
import { codeOf } from '../certificate-content';
import { CertificatesStore } from '../certificates.store';
import { ProofsStore } from '../proofs/proofs.store';
import { addressesOf, vaccinationContextAddress } from '../publishing/addresses';
import { nextUpdateOf } from '../publishing/next-update-rules';
import { bundleKeysOf, handlesOf, trustedBundleKeyOf } from '../publishing/trust-bundle-rules';
import { SigningKeys } from '../signing/signing-keys';
import { SigningKeysStore } from '../signing/signing-keys.store';
import { TrustListsStore } from '../trust/trust-lists.store';

/** How long a process gives out the same bundle. A revocation is in it no later than this. */
const FRESH_MS = 60_000;

/** Makes what an offline verifier takes along of a country: keys, revocations and words, in one signed file. */
@Injectable()
export class TrustBundles {
  private readonly made = new Map<string, { signed: Promise<string>; at: number }>();

  constructor(
    private readonly database: Database,
    private readonly store: CertificatesStore,
    private readonly keys: SigningKeysStore,
    private readonly signers: SigningKeys,
    private readonly catalogue: Catalogue,
    private readonly programmes: Programmes,
    private readonly lists: TrustListsStore,
    private readonly proofs: ProofsStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The bundle of the caller's country as a JWS (`openTrustBundle` reads it). For everybody: it holds nobody's data. */
  signed(ctx: Context): Promise<string> {
    const { code } = tenantOf(ctx);
    const made = this.made.get(code);
    if (made && performance.now() - made.at < FRESH_MS) return made.signed;
    const signed = this.make(ctx);
    this.made.set(code, { signed, at: performance.now() });
    signed.catch(() => this.made.delete(code));
    return signed;
  }

  /** Makes the next one anew, after a change in this process that must not wait. */
  forget(ctx: Context): void {
    this.made.delete(tenantOf(ctx).code);
  }

  /** The keys that may have signed the bundle: the country's own that are not withdrawn. */
  async signersOf(ctx: Context): Promise<PublicJwk[]> {
    const keys = (await this.listed(ctx)).filter(({ alg }) => alg === 'ES256');
    return keys.map(({ publicJwk }) => publicJwk as PublicJwk);
  }

  private async make(ctx: Context): Promise<string> {
    const tenant = (await this.catalogue.byCode(tenantOf(ctx).code))!;
    // First, since a country's first key is made by this
    const signer = await this.database.read(ctx, work => this.signers.signer(ctx, work));
    const bundle = new TextEncoder().encode(JSON.stringify(await this.bundle(ctx, tenant)));
    return new CompactSign(bundle)
      .setProtectedHeader({ alg: 'ES256', kid: signer.thumbprint, typ: 'trust-bundle+jws' })
      .sign(signer.privateKey);
  }

  private async bundle(ctx: Context, { code, country, names, state }: CatalogueRow): Promise<TrustBundle> {
    const listed = await this.listed(ctx);
    const own = bundleKeysOf(country, addressesOf(this.config.publicUrl, code), listed);
    const thumbprints = new Map(listed.map(({ kid, thumbprint }) => [kid, thumbprint]));
    const { revoked, proofs, trusted, authorities, contexts } = await this.database.read(ctx, async work => ({
      revoked: await this.store.revokedNumbers(work, ctx.now()),
      proofs: await this.proofs.revoked(work, ctx.now()),
      trusted: await this.lists.signers(work, ctx.now()),
      authorities: await this.lists.authorities(work, ctx.now()),
      contexts: await this.lists.contexts(work, ctx.now()),
    }));
    return {
      format: 'tikasetu.trust-bundle/1',
      country,
      names,
      serial: Math.floor(ctx.now().getTime() / 1000), // counts up in whatever process it is made
      issuedAt: ctx.now().toISOString(),
      nextUpdate: nextUpdateOf(state, ctx.now()).toISOString(),
      keys: [...own, ...trusted.map(trustedBundleKeyOf)],
      authorities: authorities.map(({ issuer, publicJwk }) => ({ issuer, jwk: publicJwk as PublicJwk })),
      contexts: Object.fromEntries(contexts),
      revoked: await packedHandles([
        ...revoked.map(number => revocationHandles.certificate(country, number)),
        ...proofs.flatMap(proof => handlesOf(country, proof, thumbprints)),
      ]),
      vaccinationContext: vaccinationContextAddress(this.config.publicUrl),
      valueSets: { vaccines: await this.vaccines(ctx) },
    };
  }

  private async listed(ctx: Context) {
    const { code } = tenantOf(ctx);
    const keys = await this.database.readPlatform(work => this.keys.listedOf(work, code));
    return keys.filter(({ withdrawnAt }) => withdrawnAt === null);
  }

  /** Words for the codes that name one vaccine; a country that has published nothing yet has none. */
  private async vaccines(ctx: Context): Promise<Record<string, Record<string, string>>> {
    const programme = await this.programmes.current(ctx).catch(nothingPublished);
    if (!programme) return {};
    const { products, schedule } = programme.pack;
    const named = products.map(
      ({ vaccine, codes }) => [codeOf({ codes, vaccineCode: vaccine }), vaccine] as const,
    );
    return Object.fromEntries(
      named
        .filter(([code, vaccine]) => named.every(([other, its]) => other !== code || its === vaccine))
        .map(([code, vaccine]) => [code, schedule.vaccines.find(one => one.code === vaccine)?.name ?? {}]),
    );
  }
}

function nothingPublished(error: unknown): null {
  if (error instanceof AppError && error.code === 'STATE_FORBIDS') return null;
  throw error;
}

function tenantOf(ctx: Context): TenantRef {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return ctx.tenant;
}
