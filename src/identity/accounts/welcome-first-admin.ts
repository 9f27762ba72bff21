import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners, systemContext } from '../../platform/events';
import { Catalogue, TenancyStore, tenantProvisioned } from '../../tenancy';
import { IdentityStore } from './identity.store';
import { OpenStaffAccount } from './open-staff-account';

/** The roles of a country's first administrator: sets the country up and invites everybody else. */
const FIRST_ROLES = ['configuration-admin', 'user-admin'];

/** When a tenant has been provisioned, the administrator whom the signatory named is invited. */
@Injectable()
export class WelcomeFirstAdmin implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly tenancy: TenancyStore,
    private readonly catalogue: Catalogue,
    private readonly store: IdentityStore,
    private readonly accounts: OpenStaffAccount,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(tenantProvisioned, (ctx, fact) => this.run(ctx, { code: fact.payload.tenantCode }));
  }

  async run(_ctx: Context, input: { code: string }): Promise<void> {
    this.catalogue.forget();
    const ref = await this.catalogue.byCode(input.code);
    const tenant = await this.database.readPlatform(work => this.tenancy.tenant(work, input.code));
    if (!ref || !tenant?.firstAdminEmail || !tenant.firstAdminName)
      throw new Error('The tenant is not served yet');
    const { firstAdminEmail: email, firstAdminName: name } = tenant;
    const ctx = { ...systemContext(ref), languages: tenant.languages };
    const prepared = await this.database.write(ctx, async work => {
      const known = await this.store.staffByEmail(work, email.trim().toLowerCase());
      if (known && known.state !== 'INVITED') return null; // she has answered
      // The same fact again while she has not: the worker may have stopped before her invitation was sent.
      const roles = known ? [] : FIRST_ROLES;
      const grants = roles.map(role => ({ role, reach: { kind: 'country' as const } }));
      return this.accounts.in(ctx, work, { email, name, grants });
    });
    await prepared?.send();
  }
}
