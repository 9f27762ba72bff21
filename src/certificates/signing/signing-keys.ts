import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { kidOfPublicKey } from '../../codecs';
import type { Context, TenantRef } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { FactListeners, systemContext } from '../../platform/events';
import { KeyManagement } from '../../platform/keys';
import { Catalogue, tenantProvisioned } from '../../tenancy';
import { type SigningKeyRow, SigningKeysStore } from './signing-keys.store';

/** Whoever signs for a country now. */
export interface Signer {
  /** In base64, as the directory lists it. */
  kid: string;
  privateKey: KeyObject;
}

/**
 * A country's signers: ES256 key pairs (RFC 9053 section 2.1) whose private half leaves the database only wrapped by
 * the key management. The first is made when the tenant is provisioned, or at first use.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private readonly opened = new Map<string, Signer>();

  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
    private readonly keys: KeyManagement,
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
  async signer(ctx: Context, work: UnitOfWork): Promise<Signer> {
    const newest = await this.store.newest(work);
    return this.open(ctx, newest ?? (await this.make(ctx, 1)));
  }

  /** Makes the signer after `number`; if another process did so first, gives that one. */
  async make(ctx: Context, number: number): Promise<SigningKeyRow> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const kid = kidOfPublicKey(publicKey);
    const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
    const key: SigningKeyRow = {
      number,
      kid,
      publicJwk: publicKey.export({ format: 'jwk' }),
      wrappedPrivateKey: this.keys.wrap(secret, contextOf(tenantOf(ctx), kid)),
      madeAt: ctx.now(),
    };
    secret.fill(0);
    return this.database.write(ctx, async work => {
      if (!(await this.store.add(ctx, work, key))) return (await this.store.newest(work))!;
      this.audit.record(ctx, work, {
        action: 'certificate.make-key',
        resource: { type: 'signing-key', id: kid },
        detail: { number },
      });
      return key;
    });
  }

  /** A process lists each key once: whichever died between making it and listing it, the next one mends that. */
  async open(ctx: Context, row: SigningKeyRow): Promise<Signer> {
    const tenant = tenantOf(ctx);
    const name = contextOf(tenant, row.kid);
    const known = this.opened.get(name);
    if (known) return known;
    await this.database.writePlatform(work => this.store.list(work, tenant.code, row));
    const der = this.keys.unwrap(row.wrappedPrivateKey, name);
    const signer = { kid: row.kid, privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
    der.fill(0);
    this.opened.set(name, signer);
    return signer;
  }
}

const contextOf = (tenant: TenantRef, kid: string): string => `${tenant.code}/signing-key/${kid}`;

function tenantOf(ctx: Context): TenantRef {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return ctx.tenant;
}
