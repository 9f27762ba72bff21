import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { sessionCountDecided } from '../inventory.events';
import { InventoryStore } from '../inventory.store';
import type { DecideCloseOutResult } from './close-out.graphql';
import { CloseOutRefusals } from './close-out.refusals';
import { CloseOutStore } from './close-out.store';
import { type Line, LineProducts } from './line-products';
import { ReadCloseOut } from './read-close-out';
import { SettleLine } from './settle-line';

export interface DecideCloseOutInput {
  facilityId: string;
  sessionId: string;
  approve: boolean;
}

/** A second person decides on what a session could not account for: it is lost, or it is counted again. */
@Injectable()
export class DecideCloseOut {
  constructor(
    private readonly database: Database,
    private readonly store: CloseOutStore,
    private readonly stock: InventoryStore,
    private readonly places: Places,
    private readonly products: LineProducts,
    private readonly settle: SettleLine,
    private readonly read: ReadCloseOut,
    private readonly refusals: CloseOutRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws STATE_FORBIDS when nothing waits for a decision: a dose that came since has the line counted again. */
  run(ctx: Context, input: DecideCloseOutInput): Promise<typeof DecideCloseOutResult> {
    mayAnywhere(ctx, 'stock.decide');
    const { facilityId, sessionId, approve } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.decide', await this.places.of(work, facilityId));
        const disputed = await this.disputed(ctx, work, input);
        if (disputed.length === 0) throw new AppError('STATE_FORBIDS', { state: 'CLOSED' });
        const who = ctx.actor.id ?? ctx.actor.kind;
        if (disputed.some(({ count }) => count!.countedBy === who))
          throw new Refused(this.refusals.secondPerson(ctx));
        for (const line of disputed) await this.decide(ctx, work, line, approve);
        this.audit.record(ctx, work, {
          action: 'stock.decide-close-out',
          resource: { type: 'session', id: sessionId },
          facilityId,
          detail: { approve, lots: disputed.length },
        });
        const fact = { facilityId, sessionId, approved: approve };
        this.outbox.announce(ctx, work, sessionCountDecided, sessionId, fact);
        return this.read.of(ctx, work, facilityId, sessionId);
      }),
    );
  }

  private async disputed(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionId }: DecideCloseOutInput,
  ): Promise<Line[]> {
    await this.stock.lockLots(work, facilityId, await this.store.lotsOf(work, facilityId, sessionId));
    const rows = await this.store.lines(work, facilityId, sessionId);
    return this.products.of(
      ctx,
      work,
      rows.filter(({ state }) => state === 'DISPUTED'),
    );
  }

  private async decide(ctx: Context, work: UnitOfWork, line: Line, approve: boolean): Promise<void> {
    const count = line.count!;
    await this.store.decide(ctx, work, line, count.id, approve);
    if (!approve) return this.store.setState(work, line, 'REOPENED');
    await this.settle.run(ctx, work, line, { ...count, lotId: line.lotId }, count.id);
  }
}
