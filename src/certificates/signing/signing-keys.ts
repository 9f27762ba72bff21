import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { jwkThumbprint, keyOfCertificate } from '../../codecs';
import type { Context, TenantRef } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { FactListeners, systemContext } from '../../platform/events';
import { KeptKeys, KeyManagement, type WrappedColumn } from '../../platform/keys';
import { Catalogue, type HandedOverKey, tenantProvisioned } from '../../tenancy';
import { SigningAuthority } from './signing-authority';
import { type SigningAlgorithm, type SigningKeyRow, SigningKeysStore } from './signing-keys.store';

/** Whoever signs for a country now. */
export interface Signer {
  /** As the directory lists it: base64 for ES256, the thumbprint for EdDSA. */
  kid: string;
  /** RFC 7638. */
  thumbprint: string;
  privateKey: KeyObject;
}

/**
 * A country's signers: key pairs for ES256 and EdDSA (RFC 9053 section 2) whose private half leaves the database only
 * wrapped by the key management. The first ES256 one is made when the tenant is provisioned, the others at first use.
 * An ES256 signer has a certificate by the country's authority, which the formats of travel ask for.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private readonly opened = new KeptKeys<Signer>();

  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
    private readonly keys: KeyManagement,
    private readonly authority: SigningAuthority,
    private readonly catalogue: Catalogue,
    private readonly audit: AuditTrail,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(tenantProvisioned, async (_, { payload }) => {
      this.catalogue.forget();
      const tenant = await this.catalogue.byCode(payload.tenantCode);
      if (!tenant) throw new Error('The tenant is not served yet');
      const ctx = systemContext(tenant);
      await this.database.read(ctx, work => this.signer(ctx, work));
    });
  }

  /** The signer of the caller's country, as `work` sees it. Listed for verifiers before it is given out. */
  async signer(ctx: Context, work: UnitOfWork, alg: SigningAlgorithm = 'ES256'): Promise<Signer> {
    const current = await this.store.current(work, alg, ctx.now());
    return this.open(ctx, current ?? (await this.make(ctx, alg, await this.store.count(work))));
  }

  /** As {@link signer}, and null where there is none yet: a country that can write nothing makes none. */
  async signerIfMade(ctx: Context, work: UnitOfWork, alg: SigningAlgorithm): Promise<Signer | null> {
    const current = await this.store.current(work, alg, ctx.now());
    return current && this.open(ctx, current);
  }

  /**
   * Makes the key after the first `made` ones; if another process did so first, gives that one. It is listed at once and
   * signs from `signsFrom`, so that verifiers abroad can have it before they see what it signed.
   */
  async make(
    ctx: Context,
    alg: SigningAlgorithm,
    made: number,
    signsFrom = ctx.now(),
  ): Promise<SigningKeyRow> {
    const { key, secret } = await this.pairFor(ctx, alg, made + 1, signsFrom);
    const wrappedPrivateKey = this.keys.wrap(secret, contextOf(tenantOf(ctx), key.kid));
    secret.fill(0);
    const row = { ...key, wrappedPrivateKey };
    const earlier = await this.database.write(ctx, async work => {
      if (!(await this.store.add(ctx, work, row))) {
        const newest = await this.store.newest(work, alg);
        return newest && newest.number >= key.number ? newest : null;
      }
      this.audit.record(ctx, work, {
        action: 'certificate.make-key',
        resource: { type: 'signing-key', id: key.kid },
        detail: { number: key.number, alg },
      });
      return row;
    });
    // The number went to a key of another algorithm
    return earlier ?? this.make(ctx, alg, made + 1, signsFrom);
  }

  /** EdDSA is asked for by W3C credentials, whose verifiers look keys up by their DID document: it has no certificate. */
  private async pairFor(ctx: Context, alg: SigningAlgorithm, number: number, signsFrom: Date) {
    const { publicKey, privateKey } =
      alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
    const publicJwk = publicKey.export({ format: 'jwk' });
    const certificate =
      alg === 'ES256' ? await this.authority.certify(ctx, publicKey, number, signsFrom) : null;
    const kid = certificate ? keyOfCertificate(certificate).kid : jwkThumbprint(publicJwk);
    const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
    return { key: { number, alg, kid, publicJwk, madeAt: ctx.now(), signsFrom, certificate }, secret };
  }

  /** Every signer's private key, PKCS #8 in DER, for the country that it belongs to. */
  async handOver(ctx: Context, work: UnitOfWork): Promise<HandedOverKey[]> {
    const rows = await this.store.every(work);
    return rows.map(({ kid, number, wrappedPrivateKey }) => ({
      purpose: `signer ${kid}`,
      number,
      key: this.keys.unwrap(wrappedPrivateKey, contextOf(tenantOf(ctx), kid)).toString('base64url'),
    }));
  }

  /** A process lists each key once: whichever died between making it and listing it, the next one mends that. */
  async open(ctx: Context, row: SigningKeyRow): Promise<Signer> {
    const tenant = tenantOf(ctx);
    const name = contextOf(tenant, row.kid);
    const known = this.opened.get(name);
    if (known) return known;
    await this.database.writePlatform(work => this.store.list(work, tenant.code, row));
    const der = this.keys.unwrap(row.wrappedPrivateKey, name);
    const signer = {
      kid: row.kid,
      thumbprint: jwkThumbprint(row.publicJwk),
      privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
    };
    der.fill(0);
    this.opened.set(name, signer);
    return signer;
  }
}

const contextOf = (tenant: TenantRef, kid: string): string => `${tenant.code}/signing-key/${kid}`;

/** The private halves of signers, for whoever changes what they are wrapped with. */
export const WRAPPED_SIGNERS: WrappedColumn = {
  planes: ['tenant'],
  table: 'signing_key',
  column: 'wrapped_private_key',
  names: ['kid'],
  contextOf: (ctx, [kid]) => contextOf(tenantOf(ctx), kid!),
};

function tenantOf(ctx: Context): TenantRef {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return ctx.tenant;
}
