import { Injectable } from '@nestjs/common';
import { decodeCursor, type PageRequest, pageOf } from '../../common';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { keyOf, type ProductFigure } from './figure-rules';
import { ProductStockLevel, type ProductStockLevelPage, type StockLevelProposal } from './level.graphql';
import { daysOfStock, dosesToAskFor, levelsFor, type SupplyRhythm } from './level-rules';
import { type LevelRow, LevelsStore } from './levels.store';
import { type UsedProduct, UsedProducts } from './used-products';
import { WorkOutFigures } from './work-out-figures';

/** What a facility has of each product beside what it should have. */
@Injectable()
export class ReadLevels {
  constructor(
    private readonly database: Database,
    private readonly store: LevelsStore,
    private readonly figures: WorkOutFigures,
    private readonly places: Places,
    private readonly products: UsedProducts,
  ) {}

  /** Throws NOT_FOUND for no such facility, FORBIDDEN where the caller may not look. */
  run(ctx: Context, facilityId: string, page: PageRequest): Promise<ProductStockLevelPage> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const after = page.after ? decodeCursor(page.after) : '';
      const rows = (await this.all(ctx, work, facilityId))
        .filter(({ productCode }) => productCode > after)
        .toSorted((one, other) => (one.productCode < other.productCode ? -1 : 1));
      return { ...pageOf(rows, page.first, ({ productCode }) => productCode), asOf: ctx.now() };
    });
  }

  /** One product that the facility has, has had or has a level for. */
  async one(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    productCode: string,
  ): Promise<ProductStockLevel> {
    return (await this.all(ctx, work, facilityId)).find(row => row.productCode === productCode)!;
  }

  /** Every product that the facility has, has had or has a level for. */
  async all(ctx: Context, work: UnitOfWork, facilityId: string): Promise<ProductStockLevel[]> {
    const { products, levels } = await this.figures.of(ctx, work, [facilityId]);
    const names = await this.products.all(ctx, work);
    return products.map(product =>
      asLevel(product, levels.get(keyOf(product.figure)) ?? null, names.get(product.figure.productCode)!),
    );
  }

  /**
   * Levels that the average use of the last quarter comes to. Nothing is set. Throws INVALID_INPUT for a
   * product that is not in use.
   */
  propose(
    ctx: Context,
    { facilityId, productCode, ...rhythm }: SupplyRhythm & { facilityId: string; productCode: string },
  ): Promise<StockLevelProposal> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const { unit, dosesPerVial } = await this.products.one(ctx, work, productCode);
      const period = { ...this.figures.measuredDays(ctx), timeZone: ctx.tenant!.timeZone };
      const uses = await this.store.dailyUse(work, [facilityId], period);
      const use = uses.find(row => row.productCode === productCode);
      const dailyUse = use?.dailyUse ?? 0;
      return { unit, dailyUse, days: use?.days ?? 0, ...levelsFor(dailyUse, rhythm, dosesPerVial) };
    });
  }
}

function asLevel(
  { figure, alerts }: ProductFigure,
  levels: LevelRow | null,
  product: UsedProduct,
): ProductStockLevel {
  return Object.assign(new ProductStockLevel(), {
    ...figure,
    productName: product.name,
    unit: product.unit,
    minDoses: levels?.minDoses ?? null,
    reorderDoses: levels?.reorderDoses ?? null,
    maxDoses: levels?.maxDoses ?? null,
    daysOfStock: daysOfStock(figure.usable, figure.dailyUse),
    toAskFor: product.active ? dosesToAskFor(figure, levels, product.dosesPerVial) : null,
    alerts,
  });
}
