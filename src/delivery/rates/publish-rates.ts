import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type CivilDate, civilDayOf } from '../../common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { AppError, invalid } from '../../platform/errors';
import { type RateList, rateListFault } from './rate-rules';
import type { RateListView } from './rate.graphql';
import { RatesStore } from './rates.store';

export type PublishRatesInput = Omit<RateList, 'mm3PerGram'> & {
  idempotencyKey: string;
  effectiveOn: CivilDate;
  mm3PerGram?: number | null;
};

/** A country says what carrying costs from a day on. What was quoted before stays as it was quoted. */
@Injectable()
export class PublishRates {
  constructor(
    private readonly database: Database,
    private readonly store: RatesStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws INVALID_INPUT for a list that cannot be, CONFLICT when another is published at the same moment. */
  run(ctx: Context, input: PublishRatesInput): Promise<RateListView> {
    may(ctx, 'rate.publish');
    const { effectiveOn } = input;
    const list = { ...input, mm3PerGram: input.mm3PerGram ?? null };
    const fault = rateListFault(list, Intl.supportedValuesOf('currency'));
    if (fault) throw invalid(fault.path, `delivery.rateFault.${fault.why}`);
    return this.database.write(ctx, async work => {
      const made = await once(ctx, work, input.idempotencyKey, input, async () => {
        if (effectiveOn < civilDayOf(ctx.now(), ctx.tenant!.timeZone))
          throw invalid('effectiveOn', 'delivery.rateFault.past');
        const version = await this.store.nextVersion(work);
        if (!(await this.store.add(ctx, work, { ...list, version }))) throw new AppError('CONFLICT');
        this.audit.record(ctx, work, {
          action: 'rate.publish',
          resource: { type: 'rate-list', id: String(version) },
          detail: { version, effectiveOn, rates: list.rates.length },
        });
        return String(version);
      });
      return (await this.store.one(work, Number(made!.id)))!;
    });
  }
}
