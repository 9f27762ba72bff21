import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { StepTenant } from './step-tenant';

/** Notes that a country has published its first configuration. Later publications change nothing here. */
@Injectable()
export class ConfigureTenant {
  constructor(
    private readonly database: Database,
    private readonly step: StepTenant,
  ) {}

  async run(ctx: Context): Promise<void> {
    const tenant = ctx.tenant;
    if (tenant?.state !== 'PROVISIONED') return;
    await this.database.writePlatform(work => this.step.in(ctx, work, tenant.code, 'CONFIGURE'));
  }
}
