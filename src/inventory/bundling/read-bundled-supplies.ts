import { Injectable } from '@nestjs/common';
import { Places } from '../../facilities';
import { pickText } from '../../localisation';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Programmes } from '../../programmes';
import { ReadLevels } from '../levels/read-levels';
import { piecesNeeded } from './bundling-rules';
import { BundledSupply } from './bundling.graphql';

/** Doses of a product that are to be asked for, sent or given. */
export interface PlannedDoses {
  productCode: string;
  doses: number;
}

/** What goes along with vaccines: they are of no use without their syringes, and are asked for and sent with them. */
@Injectable()
export class ReadBundledSupplies {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly levels: ReadLevels,
  ) {}

  /** Supplies by their codes. Throws INVALID_INPUT for a product named twice or not the country's, and NOT_FOUND. */
  async run(
    ctx: Context,
    { facilityId, products }: { facilityId: string; products: readonly PlannedDoses[] },
  ): Promise<BundledSupply[]> {
    const { pack } = await this.programmes.current(ctx);
    if (new Set(products.map(({ productCode }) => productCode)).size < products.length)
      throw invalid('products', 'inventory.invalid.productTwice');
    const planned = products.map(({ productCode, doses }) => {
      const product = pack.products.find(({ code }) => code === productCode);
      if (!product) throw invalid('products', 'inventory.invalid.product');
      return { productCode, given: doses, vialsOpened: Math.ceil(doses / product.dosesPerVial) };
    });
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const there = new Map(
        (await this.levels.all(ctx, work, facilityId)).map(row => [row.productCode, row]),
      );
      return (pack.supplies ?? []).flatMap(({ code, name, needs }) => {
        const needed = piecesNeeded(needs, planned);
        if (needed === 0) return [];
        const { usable = 0, onTheWay = 0 } = there.get(code) ?? {};
        const productName = pickText(name, ctx.languages) ?? code;
        return [
          Object.assign(new BundledSupply(), { productCode: code, productName, needed, usable, onTheWay }),
        ];
      });
    });
  }
}
