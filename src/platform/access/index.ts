export { Allow, Public, SignedIn } from './access.decorators';
export { AccessModule } from './access.module';
export { isAllowed, may, mayAnywhere, type Place, reachesOf, signedIn } from './may';
export {
  PARTNER_ROLES,
  type Permission,
  PERMISSIONS,
  type Role,
  SEPARATED_ROLES,
  STAFF_ROLES,
} from './permission-table';
export { Guesses } from './guesses';
