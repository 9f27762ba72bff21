import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail';
import { AuditWords } from './audit-words';
import { AuditResolver } from './audit.resolver';
import { AuditStore } from './audit.store';
import { ReadAudit } from './read-audit';

@Global()
@Module({
  providers: [AuditResolver, AuditStore, AuditTrail, AuditWords, ReadAudit],
  exports: [AuditStore, AuditTrail, AuditWords],
})
export class AuditModule {}
