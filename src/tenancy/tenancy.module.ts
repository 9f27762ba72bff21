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
import { CONFIG, type Config } from '../platform/config';
import { ConfirmExport } from './ending/confirm-export';
import { DecideEnding } from './ending/decide-ending';
import { EndTenant } from './ending/end-tenant';
import { EndedFile, EndedList, NoEndedList } from './ending/ended-list';
import { ExportTenant } from './ending/export-tenant';
import { HandedOver } from './ending/handed-over';
import { ReadEnding } from './ending/read-ending';
import { RequestEnding } from './ending/request-ending';
import { StopEnding } from './ending/stop-ending';
import { TellSignatory } from './ending/tell-signatory';
import { TenantEndingsResolver } from './ending/tenant-endings.resolver';
import { TenantEndingsStore } from './ending/tenant-endings.store';
import { TenantRowsStore } from './ending/tenant-rows.store';
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
    ConfirmExport,
    CrossOrigin,
    DataKeysStore,
    DecideEnding,
    EndTenant,
    ExportTenant,
    HandedOver,
    IndexedColumns,
    IndexedColumnsStore,
    IndexKeysResolver,
    InviteMinistry,
    ProvisionTenant,
    ReEncrypt,
    ReIndex,
    ReadEnding,
    ReadTenants,
    RequestEnding,
    RotateDataKey,
    RotateIndexKey,
    Rounds,
    SealedColumns,
    SealedColumnsStore,
    SendAgreement,
    StepTenant,
    StopEnding,
    TellSignatory,
    TenancyResolver,
    TenancyStore,
    TenantEndingsResolver,
    TenantEndingsStore,
    TenantKeys,
    TenantRowsStore,
    {
      provide: EndedList,
      inject: [CONFIG],
      useFactory: ({ erasureListFolder }: Config) =>
        erasureListFolder ? new EndedFile(erasureListFolder) : new NoEndedList(),
    },
  ],
  exports: [
    Catalogue,
    ConfigureTenant,
    HandedOver,
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
