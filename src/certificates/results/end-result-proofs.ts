import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { resultVoided } from '../../laboratory';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { personChanged } from '../../registry';
import type { EndReason } from '../certificate-rules';
import { PRINTED_FIELDS } from '../issue-certificate';
import { ResultProofsStore } from './result-proofs.store';

/** What is proved of a result ends with it, and with the name and birth date that it was proved for. */
@Injectable()
export class EndResultProofs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: ResultProofsStore,
    private readonly audit: AuditTrail,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(resultVoided, (ctx, { payload }) => this.end(ctx, payload, 'result-voided'));
    this.listeners.on(personChanged, async (ctx, { payload: { personId, fields } }) => {
      if (fields.some(field => PRINTED_FIELDS.includes(field)))
        await this.end(ctx, { personId, resultId: null }, 'person-corrected');
    });
  }

  /** A fact told twice ends nothing more; one proof made between two tellings of a correction is made anew. */
  private async end(
    ctx: Context,
    of: { personId: string; resultId: string | null },
    reason: EndReason,
  ): Promise<void> {
    await this.database.write(ctx, async work => {
      const ended = await this.store.end(ctx, work, of, reason);
      if (ended === 0) return;
      this.audit.record(ctx, work, {
        action: 'certificate.revoke',
        resource: { type: 'test-result', id: of.resultId },
        personId: of.personId,
        detail: { reason },
      });
    });
  }
}
