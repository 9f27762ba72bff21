import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { UsedProducts } from '../levels/used-products';
import { ReadStocktakes } from './read-stocktakes';
import type { OpenStocktakeResult } from './stocktake.graphql';
import { StocktakeRefusals } from './stocktake.refusals';
import { StocktakeStore } from './stocktake.store';

export interface OpenStocktakeInput {
  idempotencyKey: string;
  facilityId: string;
  /** Null or left out: all products. */
  productCodes?: readonly string[] | null;
}

/** A place begins to count what it has: every lot that the ledger has there is to be counted, without its figure. */
@Injectable()
export class OpenStocktake {
  constructor(
    private readonly database: Database,
    private readonly store: StocktakeStore,
    private readonly places: Places,
    private readonly products: UsedProducts,
    private readonly read: ReadStocktakes,
    private readonly refusals: StocktakeRefusals,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws INVALID_INPUT for a product that the country does not know. */
  run(ctx: Context, input: OpenStocktakeInput): Promise<typeof OpenStocktakeResult> {
    mayAnywhere(ctx, 'stocktake.count');
    const { facilityId } = input;
    const productCodes = input.productCodes?.length ? input.productCodes : null;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stocktake.count', await this.places.of(work, facilityId));
        const known = new Set((await this.products.all(ctx, work)).keys());
        if (productCodes?.some(code => !known.has(code)))
          throw invalid('productCodes', 'inventory.invalid.product');
        const made = await once(ctx, work, input.idempotencyKey, input, async () => {
          const id = await this.store.open(ctx, work, facilityId, productCodes);
          if (!id)
            throw new Refused(this.refusals.underWay(ctx, await this.store.underWay(work, facilityId)));
          this.audit.record(ctx, work, {
            action: 'stocktake.open',
            resource: { type: 'stocktake', id },
            facilityId,
          });
          return id;
        });
        return this.read.of(work, (await this.store.one(work, facilityId, made!.id))!);
      }),
    );
  }
}
