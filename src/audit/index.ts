export { type AuditedAct, AuditTrail } from './audit-trail';
export { AuditModule } from './audit.module';
export { type AuditRow, AuditStore } from './audit.store';
