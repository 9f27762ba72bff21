import { factType } from '../platform/events';

/** The signatory accepted the licence: the tenant may be provisioned. Aggregate: the tenant's code. */
export const agreementAccepted = factType<{ tenantCode: string }>('tenancy.agreement-accepted');

/** Schema, login and keys of a tenant exist. Aggregate: the tenant's code. */
export const tenantProvisioned = factType<{ tenantCode: string }>('tenancy.tenant-provisioned');
