import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { stocktakeDecided } from '../inventory.events';
import { InventoryStore } from '../inventory.store';
import { ReadStocktakes } from './read-stocktakes';
import { SettleStocktakeLine } from './settle-stocktake-line';
import { isSecondPerson } from './stocktake-rules';
import type { DecideStocktakeResult } from './stocktake.graphql';
import { StocktakeRefusals } from './stocktake.refusals';
import { type StocktakeRow, StocktakeStore } from './stocktake.store';
import { differs } from './submit-stocktake';

export interface DecideStocktakeInput {
  facilityId: string;
  stocktakeId: string;
  /** The version that was looked at. */
  version: number;
  approve: boolean;
  /** Lots to be counted again when it is not approved; none named: all. */
  recountLotIds?: readonly string[] | null;
}

/** A second person approves a count, and the ledger says what was counted; or has lots counted again. */
@Injectable()
export class DecideStocktake {
  constructor(
    private readonly database: Database,
    private readonly store: StocktakeStore,
    private readonly stock: InventoryStore,
    private readonly settle: SettleStocktakeLine,
    private readonly places: Places,
    private readonly read: ReadStocktakes,
    private readonly refusals: StocktakeRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** To approve it again changes nothing. Throws NOT_FOUND, STATE_FORBIDS when it is not submitted. */
  run(ctx: Context, input: DecideStocktakeInput): Promise<typeof DecideStocktakeResult> {
    mayAnywhere(ctx, 'stocktake.decide');
    const { facilityId, stocktakeId } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stocktake.decide', await this.places.of(work, facilityId));
        const stocktake = await this.store.lock(work, facilityId, stocktakeId);
        if (!stocktake) throw notFound();
        if (!(input.approve && stocktake.state === 'APPROVED'))
          await this.decide(ctx, work, stocktake, input);
        return this.read.of(work, (await this.store.one(work, facilityId, stocktakeId))!);
      }),
    );
  }

  private async decide(
    ctx: Context,
    work: UnitOfWork,
    stocktake: StocktakeRow,
    { version, approve, recountLotIds }: DecideStocktakeInput,
  ): Promise<void> {
    const { facilityId, id, state, openedBy, submittedBy } = stocktake;
    if (state !== 'SUBMITTED') throw new AppError('STATE_FORBIDS', { state });
    const hands = [openedBy, submittedBy ?? openedBy, ...(await this.store.counters(work, stocktake))];
    if (!isSecondPerson(ctx.actor.id ?? ctx.actor.kind, hands))
      throw new Refused(this.refusals.secondPerson(ctx));
    if (version !== stocktake.version) throw new Refused(this.refusals.changed(ctx, stocktake.version));
    if (approve) await this.approve(ctx, work, stocktake);
    else await this.countAgain(work, stocktake, recountLotIds ?? []);
    await this.store.decide(ctx, work, stocktake, approve ? 'APPROVED' : 'OPEN');
    this.audit.record(ctx, work, {
      action: 'stocktake.decide',
      resource: { type: 'stocktake', id },
      facilityId,
      detail: { approve },
    });
    const fact = { facilityId, stocktakeId: id, approved: approve };
    this.outbox.announce(ctx, work, stocktakeDecided, facilityId, fact);
  }

  /** What was heard since may have made a difference where there was none, or no sense of one: then it is counted again. */
  private async approve(ctx: Context, work: UnitOfWork, stocktake: StocktakeRow): Promise<void> {
    const { facilityId } = stocktake;
    const lotIds = (await this.store.lines(work, stocktake)).map(({ lotId }) => lotId);
    await this.stock.lockLots(work, facilityId, lotIds);
    const lines = (await this.store.lines(work, stocktake)).toSorted((one, other) =>
      one.lotId < other.lotId ? -1 : 1,
    );
    const moved = lines.filter(line => differs(line) && !line.reason);
    if (moved.length > 0) throw new Refused(this.refusals.moved(ctx, moved));
    for (const line of lines)
      if (!(await this.settle.run(ctx, work, stocktake, line)))
        throw new Refused(this.refusals.moved(ctx, [line]));
  }

  private async countAgain(
    work: UnitOfWork,
    stocktake: StocktakeRow,
    lotIds: readonly string[],
  ): Promise<void> {
    const all = (await this.store.lines(work, stocktake)).map(({ lotId }) => lotId);
    const again = lotIds.length > 0 ? all.filter(lotId => lotIds.includes(lotId)) : all;
    await this.store.setDue(work, stocktake, again);
  }
}
