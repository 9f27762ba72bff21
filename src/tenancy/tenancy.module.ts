import { Global, Module } from '@nestjs/common';
import { AcceptAgreement } from './accept-agreement';
import { Catalogue } from './catalogue';
import { ChangeTenantState } from './change-tenant-state';
import { ClearAway } from './clear-away';
import { ConfigureTenant } from './configure-tenant';
import { InviteMinistry } from './invite-ministry';
import { ProvisionTenant } from './provision-tenant';
import { ReadTenants } from './read-tenants';
import { Rounds } from './rounds';
import { SendAgreement } from './send-agreement';
import { StepTenant } from './step-tenant';
import { TenancyResolver } from './tenancy.resolver';
import { TenancyStore } from './tenancy.store';
import { TenantKeys } from './tenant-keys.store';

@Global()
@Module({
  providers: [
    AcceptAgreement,
    Catalogue,
    ChangeTenantState,
    ClearAway,
    ConfigureTenant,
    InviteMinistry,
    ProvisionTenant,
    ReadTenants,
    Rounds,
    SendAgreement,
    StepTenant,
    TenancyResolver,
    TenancyStore,
    TenantKeys,
  ],
  exports: [Catalogue, ConfigureTenant, Rounds, TenancyStore, TenantKeys],
})
export class TenancyModule {}
