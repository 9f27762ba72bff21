import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { CivilDate } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { InventoryStore } from '../inventory.store';
import { today } from '../stock';
import { Counts } from '../units/counts';
import type { CountedLot } from '../units/unit-rules';
import { type LotDoses, shortagesOf } from './destruction-rules';
import { asDestruction } from './destruction-view';
import type { RecordDestructionResult } from './destruction.graphql';
import { DestructionRefusals } from './destruction.refusals';
import { DestructionStore } from './destruction.store';

export interface RecordDestructionInput {
  idempotencyKey: string;
  facilityId: string;
  /** A DestructionMethod. */
  method: string;
  documentReference: string;
  /** Not in the future. */
  destroyedOn: CivilDate;
  lots: readonly CountedLot[];
}

/** Doses that lay wasted were destroyed, says one person. The ledger waits for the witness. */
@Injectable()
export class RecordDestruction {
  constructor(
    private readonly database: Database,
    private readonly store: DestructionStore,
    private readonly stock: InventoryStore,
    private readonly places: Places,
    private readonly counts: Counts,
    private readonly refusals: DestructionRefusals,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws INVALID_INPUT for a day in the future and for a lot named twice. */
  run(ctx: Context, input: RecordDestructionInput): Promise<typeof RecordDestructionResult> {
    mayAnywhere(ctx, 'stock.destroy');
    const { facilityId, lots } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.destroy', await this.places.of(work, facilityId));
        if (input.destroyedOn > today(ctx)) throw invalid('destroyedOn', 'inventory.invalid.dayInFuture');
        if (new Set(lots.map(({ lotId }) => lotId)).size < lots.length)
          throw invalid('lots', 'inventory.invalid.lotTwice');
        const told = { ...input, lots: await this.counts.ofLots(work, lots) };
        const made = await once(ctx, work, input.idempotencyKey, input, () => this.record(ctx, work, told));
        return asDestruction((await this.store.one(work, facilityId, made!.id))!);
      }),
    );
  }

  private async record(
    ctx: Context,
    work: UnitOfWork,
    input: RecordDestructionInput & { lots: readonly LotDoses[] },
  ): Promise<string> {
    const { facilityId, lots, method } = input;
    const lotIds = lots.map(({ lotId }) => lotId);
    await this.stock.lockLots(work, facilityId, lotIds);
    const short = shortagesOf(lots, await this.store.wasted(work, facilityId, lotIds));
    if (short.length > 0) throw new Refused(this.refusals.notWasted(ctx, short));
    const id = await this.store.add(ctx, work, input);
    this.audit.record(ctx, work, {
      action: 'stock.record-destruction',
      resource: { type: 'destruction', id },
      facilityId,
      detail: { method, lots: lots.length },
    });
    return id;
  }
}
