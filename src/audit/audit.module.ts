import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config';
import { AuditTrail } from './audit-trail';
import { AuditWords } from './audit-words';
import { AuditResolver } from './audit.resolver';
import { AuditStore } from './audit.store';
import { ReadAudit } from './read-audit';
import { FolderExport } from './sealing/folder-export';
import { HeadExport, NoExport } from './sealing/head-export';
import { SealKeys } from './sealing/seal-key';
import { SealTrail } from './sealing/seal-trail';
import { SealsStore } from './sealing/seals.store';

/** Where heads of seals go, as the installation says. */
const headExport = {
  provide: HeadExport,
  inject: [CONFIG],
  useFactory: ({ auditHeadsFolder }: Config) =>
    auditHeadsFolder ? new FolderExport(auditHeadsFolder) : new NoExport(),
};

@Global()
@Module({
  providers: [
    AuditResolver,
    AuditStore,
    AuditTrail,
    AuditWords,
    ReadAudit,
    SealKeys,
    SealsStore,
    SealTrail,
    headExport,
  ],
  exports: [AuditStore, AuditTrail, AuditWords, ReadAudit, SealKeys, SealTrail],
})
export class AuditModule {}
