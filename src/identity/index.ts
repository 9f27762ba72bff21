export { IdentityModule } from './identity.module';
export { IdentityStore } from './identity.store';
export { OpenOperatorAccount } from './open-operator-account';
export { type NewStaff, OpenStaffAccount, type PreparedInvitation } from './open-staff-account';
export { PASSWORD_LENGTH } from './passwords';
export { RequestContext } from './request-context';
export { StaffAccountEntity } from './staff-account.entity';
export { type IssuedToken, Tokens } from './tokens';
