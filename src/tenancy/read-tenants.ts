import { Injectable } from '@nestjs/common';
import { isAllowed, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { notFound } from '../platform/errors';
import { type AcceptanceRow, TenancyStore, type TransitionRow } from './tenancy.store';
import type { TenantEntity } from './tenant.entity';

/** What the platform plane knows of its tenants: an operator sees all, a signatory the one she signs for. */
@Injectable()
export class ReadTenants {
  constructor(
    private readonly database: Database,
    private readonly store: TenancyStore,
  ) {}

  async all(ctx: Context): Promise<TenantEntity[]> {
    mayAnywhere(ctx, 'tenant.read');
    const tenants = await this.database.readPlatform(work => this.store.tenants(work));
    return tenants.filter(tenant => isAllowed(ctx, 'tenant.read', { accountId: tenant.code }));
  }

  /** Throws NOT_FOUND alike for a missing tenant and for another's. */
  async one(ctx: Context, code: string): Promise<TenantEntity> {
    mayAnywhere(ctx, 'tenant.read');
    const tenant = await this.database.readPlatform(work => this.store.tenant(work, code));
    if (!tenant || !isAllowed(ctx, 'tenant.read', { accountId: tenant.code })) throw notFound();
    return tenant;
  }

  nameOf(ctx: Context, tenant: TenantEntity): string {
    const language = [...ctx.languages, ...tenant.languages].find(code => tenant.names[code]);
    return (language && tenant.names[language]) || tenant.code;
  }

  transitions(ctx: Context, tenant: TenantEntity): Promise<TransitionRow[]> {
    mayAnywhere(ctx, 'tenant.read');
    return this.database.readPlatform(work => this.store.transitions(work, tenant.code));
  }

  acceptance(ctx: Context, tenant: TenantEntity): Promise<AcceptanceRow | null> {
    mayAnywhere(ctx, 'tenant.read');
    return this.database.readPlatform(work => this.store.acceptance(work, tenant.code));
  }
}
