import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail';
import { AuditStore } from './audit.store';

@Global()
@Module({ providers: [AuditTrail, AuditStore], exports: [AuditTrail, AuditStore] })
export class AuditModule {}
