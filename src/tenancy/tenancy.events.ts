import { factType } from '../platform/events';

/** The signatory accepted the licence: the tenant may be provisioned. Aggregate: the tenant's code. */
export const agreementAccepted = factType<{ tenantCode: string }>('tenancy.agreement-accepted');

/** What a ministry gets when it leaves is made. Aggregate: the tenant's code. */
export const tenantExported = factType<{ endingId: string }>('tenancy.tenant-exported');

/** Nothing is left of a country but what the platform says of it. Aggregate: the tenant's code. */
export const tenantEnded = factType<{ endingId: string }>('tenancy.tenant-ended');

/** Schema, login and keys of a tenant exist. Aggregate: the tenant's code. */
export const tenantProvisioned = factType<{ tenantCode: string }>('tenancy.tenant-provisioned');
