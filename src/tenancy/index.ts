export { Catalogue } from './catalogue';
export { ConfigureTenant } from './configure-tenant';
export { Rounds } from './rounds';
export { hashOfToken } from './send-agreement';
export { tenantProvisioned } from './tenancy.events';
export { TenancyModule } from './tenancy.module';
export { type CatalogueRow, TenancyStore } from './tenancy.store';
export { TenantKeys } from './tenant-keys.store';
export { LocalisedTextInput } from './tenant.graphql';
