import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { stockLevelSet } from '../inventory.events';
import type { ProductStockLevel } from './level.graphql';
import type { Levels } from './level-rules';
import { LevelsStore } from './levels.store';
import { ReadLevels } from './read-levels';
import { UsedProducts } from './used-products';

export interface SetStockLevelInput extends Levels {
  idempotencyKey: string;
  facilityId: string;
  productCode: string;
  /** How many days before its last day a lot is to be told of. */
  expiryDays: number;
}

/** Says what a facility should have of a product. */
@Injectable()
export class SetStockLevel {
  constructor(
    private readonly database: Database,
    private readonly store: LevelsStore,
    private readonly places: Places,
    private readonly products: UsedProducts,
    private readonly read: ReadLevels,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws INVALID_INPUT for a product that is not in use, and for levels that are not in their order. */
  run(ctx: Context, input: SetStockLevelInput): Promise<ProductStockLevel> {
    mayAnywhere(ctx, 'stock.set-level');
    return this.database.write(ctx, async work => {
      may(ctx, 'stock.set-level', await this.places.of(work, input.facilityId));
      await this.products.one(ctx, work, input.productCode);
      if (input.minDoses > input.reorderDoses || input.reorderDoses > input.maxDoses)
        throw invalid('maxDoses', 'inventory.invalid.levels');
      await once(ctx, work, input.idempotencyKey, input, () => this.set(ctx, work, input));
      return this.read.one(ctx, work, input.facilityId, input.productCode);
    });
  }

  private async set(ctx: Context, work: UnitOfWork, input: SetStockLevelInput): Promise<string> {
    const { facilityId, productCode, minDoses, reorderDoses, maxDoses, expiryDays } = input;
    const level = { minDoses, reorderDoses, maxDoses, expiryDays };
    await this.store.setLevel(ctx, work, { facilityId, productCode, ...level });
    this.audit.record(ctx, work, {
      action: 'stock.set-level',
      resource: { type: 'product', id: productCode },
      facilityId,
      detail: level,
    });
    this.outbox.announce(ctx, work, stockLevelSet, facilityId, { facilityId, productCode });
    return productCode;
  }
}
