export { AuditTrail } from './audit-trail';
export type { AuditedAct } from './audited-act';
export { AccessLogPage } from './audit.graphql';
export { AuditModule } from './audit.module';
export { ReadAudit } from './read-audit';
export { SealKeys } from './sealing/seal-key';
export { SealTrail } from './sealing/seal-trail';
export { type AuditFilter, type AuditRow, AuditStore } from './audit.store';
export { AuditWords } from './audit-words';
