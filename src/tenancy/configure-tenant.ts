import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { StepTenant } from './step-tenant';
import { TenancyStore } from './tenancy.store';

/** Notes that a country has published its first configuration. Later publications change nothing here. */
@Injectable()
export class ConfigureTenant {
  constructor(
    private readonly database: Database,
    private readonly store: TenancyStore,
    private readonly step: StepTenant,
  ) {}

  async run(ctx: Context): Promise<void> {
    const tenant = ctx.tenant;
    if (tenant?.state !== 'PROVISIONED') return;
    await this.database.writePlatform(async work => {
      const now = await this.store.tenantForChange(work, tenant.code); // the catalogue may be a moment old
      if (now?.state === 'PROVISIONED') await this.step.in(ctx, work, tenant.code, 'CONFIGURE');
    });
  }
}
