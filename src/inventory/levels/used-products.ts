import { Injectable } from '@nestjs/common';
import { pickText } from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Programmes } from '../../programmes';
import type { StockUnit } from '../units/unit-rules';

/** A product as stock is asked for and counted: a vaccine or a supply. */
export interface UsedProduct {
  code: string;
  /** In the caller's language. */
  name: string;
  unit: StockUnit;
  /** What is asked for goes up to whole vials; 1 for a supply. */
  dosesPerVial: number;
  /** Whether the country uses it now. */
  active: boolean;
}

/** The country's vaccines and supplies, by their codes. */
@Injectable()
export class UsedProducts {
  constructor(private readonly programmes: Programmes) {}

  /** Those no longer in use too. */
  async all(ctx: Context, work: UnitOfWork): Promise<Map<string, UsedProduct>> {
    const vaccines = await this.programmes.products(ctx, work);
    const supplies = await this.programmes.supplies(ctx, work);
    const all = [
      ...vaccines.map(row => ({ ...row, unit: 'DOSE' as const })),
      ...supplies.map(row => ({ ...row, unit: 'PIECE' as const, dosesPerVial: 1 })),
    ];
    return new Map(
      all.map(({ code, names, unit, dosesPerVial, active }) => [
        code,
        { code, name: pickText(names, ctx.languages) ?? code, unit, dosesPerVial, active },
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
