import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config';
import type { Context } from '../platform/context';
import { Database, prepareTenant } from '../platform/database';
import { FactListeners, Outbox } from '../platform/events';
import { KeyManagement } from '../platform/keys';
import { Catalogue } from './catalogue';
import { StepTenant } from './step-tenant';
import { agreementAccepted, tenantProvisioned } from './tenancy.events';
import { TenancyStore } from './tenancy.store';

/**
 * After acceptance, and only then: the tenant's schema, database login and data keys. Every step can be repeated,
 * so a worker killed in the middle is followed by another that finishes.
 */
@Injectable()
export class ProvisionTenant implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: TenancyStore,
    private readonly step: StepTenant,
    private readonly outbox: Outbox,
    private readonly catalogue: Catalogue,
    private readonly keys: KeyManagement,
    private readonly listeners: FactListeners,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.listeners.on(agreementAccepted, (ctx, fact) => this.run(ctx, { code: fact.payload.tenantCode }));
  }

  async run(ctx: Context, input: { code: string }): Promise<void> {
    const tenant = await this.database.readPlatform(work => this.store.tenant(work, input.code));
    if (tenant?.state !== 'ACCEPTED') return; // the same fact, carried a second time
    const { ownerUrl, loginPrefix } = this.config;
    if (!ownerUrl) throw new Error('Provisioning needs DATABASE_URL, the login that may create schemas');
    const schemaVersion = await prepareTenant({ ownerUrl, loginPrefix, keys: this.keys }, input.code);
    await this.database.writePlatform(async work => {
      await this.step.in(ctx, work, input.code, 'PROVISION', { schemaVersion });
      this.outbox.announce(ctx, work, tenantProvisioned, input.code, { tenantCode: input.code });
    });
    this.catalogue.forget();
  }
}
