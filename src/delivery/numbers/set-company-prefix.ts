import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { NumbersStore } from './numbers.store';
import { isCompanyPrefix } from './sscc-rules';

/**
 * Says under which GS1 company prefix a country numbers its handling units. GS1 gives it to the ministry or its
 * logistics firm.
 */
@Injectable()
export class SetCompanyPrefix {
  constructor(
    private readonly database: Database,
    private readonly store: NumbersStore,
    private readonly audit: AuditTrail,
  ) {}

  /** What was given out before stays. Throws INVALID_INPUT for what is no prefix. */
  run(ctx: Context, prefix: string): Promise<string> {
    may(ctx, 'network.number', {});
    if (!isCompanyPrefix(prefix)) throw invalid('prefix', 'delivery.invalid.companyPrefix');
    return this.database.write(ctx, async work => {
      await this.store.setPrefix(ctx, work, prefix);
      this.audit.record(ctx, work, {
        action: 'network.number',
        resource: { type: 'gs1-company-prefix', id: prefix },
      });
      return prefix;
    });
  }
}
