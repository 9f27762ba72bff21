export { ASKED } from './asked';
export { Database, type FindAll, isReadOnly, mustBeWritable, ReplicaBehind } from './database';
export { DatabaseModule } from './database.module';
export {
  ownerAt,
  passwordOf,
  PLATFORM_SCHEMA,
  platformLogin,
  schemaOf,
  TENANT_CODE,
  tenantLogin,
  urlAs,
} from './logins';
export { expectedVersion, type Plane } from './migrations';
export { isBadData, isContended, violates } from './sql-state';
export type { Copied } from './copy-in';
export { textArray } from './text-array';
export { asInstant, rowOf } from './text-rows';
export { MANY, UnitOfWork } from './unit-of-work';
export {
  type Answered,
  answeredBefore,
  forgetKeys,
  keepAnswers,
  type KeyedRequest,
  once,
} from './idempotency';
export { Coalescer, isAway, type Outcome } from './coalescer';
export {
  asOwner,
  destroyKeys,
  destroyTenant,
  letsIn,
  type Owner,
  type PlaneTools,
  preparePlatform,
  prepareTenant,
  setPassword,
} from './planes';
export { orRefusal, Refused } from './refused';
export { storableJson } from './storable-json';
