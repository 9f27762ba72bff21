import { Injectable } from '@nestjs/common';
import { pickText } from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Programmes } from '../../programmes';

/** A product as stock is asked for and counted. */
export interface UsedProduct {
  code: string;
  /** In the caller's language. */
  name: string;
  dosesPerVial: number;
  /** Whether the country uses it now. */
  active: boolean;
}

/** The country's products, by their codes. */
@Injectable()
export class UsedProducts {
  constructor(private readonly programmes: Programmes) {}

  /** Those no longer in use too. */
  async all(ctx: Context, work: UnitOfWork): Promise<Map<string, UsedProduct>> {
    const rows = await this.programmes.products(ctx, work);
    return new Map(
      rows.map(({ code, names, dosesPerVial, active }) => [
        code,
        { code, name: pickText(names, ctx.languages) ?? code, dosesPerVial, active },
      ]),
    );
  }

  /** Throws INVALID_INPUT for one that the country does not use. */
  async one(ctx: Context, work: UnitOfWork, code: string): Promise<UsedProduct> {
    const product = (await this.all(ctx, work)).get(code);
    if (!product?.active) throw invalid('productCode', 'inventory.invalid.product');
    return product;
  }
}
