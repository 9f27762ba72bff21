import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { readTrackingCode } from '../consignments/tracking-code';
import { ReceiversStore } from './receivers.store';

/** Asked for where there is nothing to find, so that an unknown code costs what a known one does. */
const NOBODY = '';

/** Who waits for a consignment wants no messages about it, or wants them again. She has its code: that is enough. */
@Injectable()
export class QuietConsignment {
  constructor(
    private readonly database: Database,
    private readonly consignments: ConsignmentsStore,
    private readonly store: ReceiversStore,
    private readonly audit: AuditTrail,
  ) {}

  /** An unknown code, one of another country and a text that is no code are answered alike: with what was asked. */
  async run(ctx: Context, { code, quiet }: { code: string; quiet: boolean }): Promise<boolean> {
    await this.database.write(ctx, async work => {
      const unitId = await this.consignments.tracked(work, readTrackingCode(code) ?? NOBODY);
      await this.store.quiet(work, unitId ?? NOBODY, quiet);
      if (unitId === null) return;
      this.audit.record(ctx, work, {
        action: 'consignment.quiet',
        resource: { type: 'consignment', id: unitId },
        detail: { quiet },
      });
    });
    return quiet;
  }
}
