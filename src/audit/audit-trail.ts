import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { appendEntries, entryOf } from './audit.store';
import type { AuditedAct } from './audited-act';

/**
 * The audit of one plane: every write, and every read of a person. The entry is stored with the effect, and the
 * login that stores it may not change or delete it.
 */
@Injectable()
export class AuditTrail {
  /**
   * Writes the entry when `work` closes, all of them in one statement: in its transaction, or right after it when the work
   * only reads.
   */
  record(ctx: Context, work: UnitOfWork, act: AuditedAct): void {
    work.gather(appendEntries, entryOf(ctx, act));
  }
}
