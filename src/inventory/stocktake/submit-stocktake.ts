import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { stocktakeSubmitted } from '../inventory.events';
import { ReadStocktakes } from './read-stocktakes';
import { differenceOf } from './stocktake-rules';
import type { SubmitStocktakeResult } from './stocktake.graphql';
import { StocktakeRefusals } from './stocktake.refusals';
import { bookKnown, type StocktakeLineRow, type StocktakeRow, StocktakeStore } from './stocktake.store';

export interface SubmitStocktakeInput {
  facilityId: string;
  stocktakeId: string;
  /** Why lots do not agree with the book. */
  reasons: readonly { lotId: string; reason: string; remark?: string | null }[];
}

/** Everything was counted, and what does not agree with the book has a reason: a second person decides. */
@Injectable()
export class SubmitStocktake {
  constructor(
    private readonly database: Database,
    private readonly store: StocktakeStore,
    private readonly places: Places,
    private readonly read: ReadStocktakes,
    private readonly refusals: StocktakeRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** To submit it again changes nothing. Throws NOT_FOUND, STATE_FORBIDS when it was decided on. */
  run(ctx: Context, input: SubmitStocktakeInput): Promise<typeof SubmitStocktakeResult> {
    mayAnywhere(ctx, 'stocktake.count');
    const { facilityId, stocktakeId } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stocktake.count', await this.places.of(work, facilityId));
        const stocktake = await this.store.lock(work, facilityId, stocktakeId);
        if (!stocktake) throw notFound();
        if (stocktake.state === 'OPEN') await this.submit(ctx, work, stocktake, input);
        else if (stocktake.state !== 'SUBMITTED')
          throw new AppError('STATE_FORBIDS', { state: stocktake.state });
        return this.read.of(work, (await this.store.one(work, facilityId, stocktakeId))!);
      }),
    );
  }

  private async submit(
    ctx: Context,
    work: UnitOfWork,
    stocktake: StocktakeRow,
    { reasons }: SubmitStocktakeInput,
  ): Promise<void> {
    const lines = await this.store.lines(work, stocktake);
    const due = lines.filter(({ state }) => state === 'DUE');
    if (due.length > 0) throw new Refused(this.refusals.incomplete(ctx, due));
    const given = new Map(reasons.map(reason => [reason.lotId, reason]));
    if (given.size < reasons.length || reasons.some(({ lotId }) => !lines.some(line => line.lotId === lotId)))
      throw invalid('reasons', 'inventory.invalid.lotTwice');
    const differ = lines.filter(differs);
    const unexplained = differ.filter(({ lotId }) => !given.has(lotId));
    if (unexplained.length > 0) throw new Refused(this.refusals.unexplained(ctx, unexplained));
    for (const { lotId } of differ) await this.store.explain(work, stocktake, given.get(lotId)!);
    await this.store.submit(ctx, work, stocktake);
    const { facilityId, id } = stocktake;
    this.audit.record(ctx, work, {
      action: 'stocktake.submit',
      resource: { type: 'stocktake', id },
      facilityId,
      detail: { lots: lines.length, differences: differ.length },
    });
    const fact = { facilityId, stocktakeId: id, differences: differ.length };
    this.outbox.announce(ctx, work, stocktakeSubmitted, facilityId, fact);
  }
}

/** Whether a counted line does not agree with the book of its time. */
export const differs = ({ count }: StocktakeLineRow): boolean =>
  count !== null && differenceOf(count, bookKnown(count)) !== 0;
