export { Database } from './database';
export { DatabaseModule } from './database.module';
export { passwordOf, PLATFORM_SCHEMA, platformLogin, TENANT_CODE, tenantLogin, urlAs } from './logins';
export { expectedVersion, type Plane } from './migrations';
export { violates } from './sql-state';
export { UnitOfWork } from './unit-of-work';
export { once } from './idempotency';
export { asOwner, type PlaneTools, preparePlatform, prepareTenant } from './planes';
export { orRefusal, Refused } from './refused';
