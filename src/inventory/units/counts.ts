import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { InventoryStore } from '../inventory.store';
import { UsedProducts } from '../levels/used-products';
import { type Counted, type CountedLot, type CountedProduct, countIn, type StockUnit } from './unit-rules';

/** Reads what callers say of lots and products in the unit that each is counted in. */
@Injectable()
export class Counts {
  constructor(
    private readonly stock: InventoryStore,
    private readonly products: UsedProducts,
  ) {}

  /** The units of these lots; one that the country does not know has none. */
  async unitsOf(work: UnitOfWork, lotIds: readonly string[]): Promise<ReadonlyMap<string, StockUnit>> {
    return new Map((await this.stock.lots(work, lotIds)).map(({ id, unit }) => [id, unit]));
  }

  /**
   * Throws INVALID_INPUT at `lots` for a lot that is told in the other unit, or in both. An unknown lot is taken as
   * told.
   */
  async ofLots<Line extends CountedLot>(
    work: UnitOfWork,
    lines: readonly Line[],
  ): Promise<(Omit<Line, 'pieces'> & { doses: number })[]> {
    const units = await this.unitsOf(
      work,
      lines.map(({ lotId }) => lotId),
    );
    return lines.map(line => told(line, units.get(line.lotId), 'lots'));
  }

  /** As {@link ofLots}, at `products`; what the country does not know is for the caller to refuse. */
  async ofProducts<Line extends CountedProduct>(
    ctx: Context,
    work: UnitOfWork,
    lines: readonly Line[],
  ): Promise<(Omit<Line, 'pieces'> & { doses: number })[]> {
    const products = await this.products.all(ctx, work);
    return lines.map(line => told(line, products.get(line.productCode)?.unit, 'products'));
  }
}

/** The figure of one line. Throws INVALID_INPUT at `path` when it is told in the other unit, or in both. */
export function countOrThrow(unit: StockUnit, said: Counted, path: string): number {
  const count = countIn(unit, said);
  if (count === null)
    throw invalid(path, unit === 'DOSE' ? 'inventory.invalid.inDoses' : 'inventory.invalid.inPieces');
  return count;
}

function told<Line extends Counted>(
  { pieces = null, ...line }: Line,
  known: StockUnit | undefined,
  path: string,
): Omit<Line, 'pieces'> & { doses: number } {
  const unit = known ?? (pieces === null ? 'DOSE' : 'PIECE');
  return { ...line, doses: countOrThrow(unit, { doses: line.doses, pieces }, path) };
}
