import { Global, Module } from '@nestjs/common';
import { WrappedColumns } from '../platform/keys';
import { AcceptAgreement } from './accept-agreement';
import { Catalogue } from './catalogue';
import { ChangeTenantState } from './change-tenant-state';
import { ClearAway } from './clear-away';
import { ConfigureTenant } from './configure-tenant';
import { CrossOrigin } from './cross-origin';
import { InviteMinistry } from './invite-ministry';
import { ProvisionTenant } from './provision-tenant';
import { ReadTenants } from './read-tenants';
import { Rounds } from './rounds';
import { SendAgreement } from './send-agreement';
import { StepTenant } from './step-tenant';
import { TenancyResolver } from './tenancy.resolver';
import { TenancyStore } from './tenancy.store';
import { DataKeysStore } from './keys/data-keys.store';
import { IndexKeysResolver } from './keys/index-keys.resolver';
import { IndexedColumns } from './keys/indexed-columns';
import { IndexedColumnsStore } from './keys/indexed-columns.store';
import { ReEncrypt } from './keys/re-encrypt';
import { ReIndex } from './keys/re-index';
import { RotateDataKey } from './keys/rotate-data-key';
import { RotateIndexKey } from './keys/rotate-index-key';
import { SealedColumns } from './keys/sealed-columns';
import { SealedColumnsStore } from './keys/sealed-columns.store';
import { TenantKeys, WRAPPED_DATA_KEYS } from './keys/tenant-keys';

@Global()
@Module({
  providers: [
    AcceptAgreement,
    Catalogue,
    ChangeTenantState,
    ClearAway,
    ConfigureTenant,
    CrossOrigin,
    DataKeysStore,
    IndexedColumns,
    IndexedColumnsStore,
    IndexKeysResolver,
    InviteMinistry,
    ProvisionTenant,
    ReEncrypt,
    ReIndex,
    ReadTenants,
    RotateDataKey,
    RotateIndexKey,
    Rounds,
    SealedColumns,
    SealedColumnsStore,
    SendAgreement,
    StepTenant,
    TenancyResolver,
    TenancyStore,
    TenantKeys,
  ],
  exports: [
    Catalogue,
    ConfigureTenant,
    IndexedColumns,
    RotateDataKey,
    Rounds,
    SealedColumns,
    TenancyStore,
    TenantKeys,
  ],
})
export class TenancyModule {
  constructor(wrapped: WrappedColumns) {
    wrapped.add(WRAPPED_DATA_KEYS);
  }
}
