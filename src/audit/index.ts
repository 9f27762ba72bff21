export { type AuditedAct, AuditTrail } from './audit-trail';
export { AccessLogPage } from './audit.graphql';
export { AuditModule } from './audit.module';
export { type AuditFilter, type AuditRow, AuditStore } from './audit.store';
export { AuditWords } from './audit-words';
