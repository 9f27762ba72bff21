import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { appendEntries, entryOf } from './audit.store';

/** What was done to which record. `detail` holds codes and counts only, never a name, birth date or identifier. */
export interface AuditedAct {
  /** The verb, as the permission table names it, e.g. `vaccination.record`. */
  action: string;
  resource: { type: string; id: string | null };
  /** The person whose record was written or read. */
  personId?: string;
  /** Where the actor stood. */
  facilityId?: string;
  detail?: Record<string, unknown>;
}

/**
 * The audit of one plane: every write, and every read of a person. The entry is stored with the effect, and the
 * login that stores it may not change or delete it.
 */
@Injectable()
export class AuditTrail {
  /** Writes the entry when `work` closes, all of them in one statement: in its transaction, or right after it when the work only reads. */
  record(ctx: Context, work: UnitOfWork, act: AuditedAct): void {
    work.gather(appendEntries, entryOf(ctx, act));
  }
}
