import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { stockDestroyed } from '../inventory.events';
import { InventoryStore } from '../inventory.store';
import { shortagesOf } from './destruction-rules';
import { asDestruction } from './destruction-view';
import type { StockDestruction, WitnessDestructionResult } from './destruction.graphql';
import { DestructionRefusals } from './destruction.refusals';
import { type DestructionRow, DestructionStore } from './destruction.store';

export interface DestructionInput {
  facilityId: string;
  destructionId: string;
}

/** A second person saw it: what was recorded leaves the ledger's account of what is wasted. Or it is withdrawn. */
@Injectable()
export class WitnessDestruction {
  constructor(
    private readonly database: Database,
    private readonly store: DestructionStore,
    private readonly stock: InventoryStore,
    private readonly places: Places,
    private readonly refusals: DestructionRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** To witness it again changes nothing. Throws NOT_FOUND, STATE_FORBIDS when it was withdrawn. */
  witness(ctx: Context, input: DestructionInput): Promise<typeof WitnessDestructionResult> {
    mayAnywhere(ctx, 'stock.witness-destruction');
    const { facilityId, destructionId } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.witness-destruction', await this.places.of(work, facilityId));
        const record = await this.record(work, input);
        if (record.state === 'WITHDRAWN') throw new AppError('STATE_FORBIDS', { state: record.state });
        if (record.recordedBy === (ctx.actor.id ?? ctx.actor.kind))
          throw new Refused(this.refusals.needsWitness(ctx));
        if (await this.store.advance(ctx, work, record, 'WITNESSED')) await this.destroy(ctx, work, record);
        return asDestruction((await this.store.one(work, facilityId, destructionId))!);
      }),
    );
  }

  /** To withdraw it again changes nothing. Throws NOT_FOUND, STATE_FORBIDS when it was witnessed. */
  withdraw(ctx: Context, input: DestructionInput): Promise<StockDestruction> {
    mayAnywhere(ctx, 'stock.destroy');
    const { facilityId, destructionId } = input;
    return this.database.write(ctx, async work => {
      may(ctx, 'stock.destroy', await this.places.of(work, facilityId));
      const record = await this.record(work, input);
      if (await this.store.advance(ctx, work, record, 'WITHDRAWN'))
        this.tell(ctx, work, 'stock.withdraw-destruction', record);
      const now = (await this.store.one(work, facilityId, destructionId))!;
      if (now.state === 'WITNESSED') throw new AppError('STATE_FORBIDS', { state: now.state });
      return asDestruction(now);
    });
  }

  private async record(work: UnitOfWork, input: DestructionInput): Promise<DestructionRow> {
    const record = await this.store.one(work, input.facilityId, input.destructionId);
    if (!record) throw notFound();
    return record;
  }

  /** Wasted doses may have been found to be something else since: then there is nothing to be witnessed. */
  private async destroy(ctx: Context, work: UnitOfWork, record: DestructionRow): Promise<void> {
    const { facilityId, id, lots, method, destroyedOn } = record;
    const lotIds = lots.map(({ lotId }) => lotId);
    await this.stock.lockLots(work, facilityId, lotIds);
    const short = shortagesOf(lots, await this.store.wasted(work, facilityId, lotIds, id));
    if (short.length > 0) throw new Refused(this.refusals.notWasted(ctx, short));
    for (const { lotId, doses } of lots)
      await this.stock.pass(ctx, work, {
        facilityId,
        lotId,
        doses,
        from: 'wasted',
        to: 'destroyed',
        reason: method,
        referenceId: id,
        day: destroyedOn,
      });
    this.tell(ctx, work, 'stock.witness-destruction', record);
    this.outbox.announce(ctx, work, stockDestroyed, facilityId, { facilityId, destructionId: id });
  }

  private tell(ctx: Context, work: UnitOfWork, action: string, { facilityId, id }: DestructionRow): void {
    this.audit.record(ctx, work, { action, resource: { type: 'destruction', id }, facilityId });
  }
}
