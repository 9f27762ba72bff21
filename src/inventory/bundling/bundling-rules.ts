import type { SupplyNeed } from '../../programmes';

/** What a session used of a product. */
export interface ProductUse {
  productCode: string;
  /** Doses that people were given. */
  given: number;
  vialsOpened: number;
}

/**
 * Pieces of a supply that go with what was used ("bundling", WHO/V&B/99.25): one auto-disable syringe for a dose, one
 * diluent and one syringe to mix it for a vial, one safety box for a hundred doses. A box that was begun is a box: what is
 * needed for every so many is needed for the last of them too, counted over all products together.
 */
export function piecesNeeded(needs: readonly SupplyNeed[], used: readonly ProductUse[]): number {
  return needs.reduce((sum, { products, pieces, forEach, of }) => {
    const count = used
      .filter(({ productCode }) => products.includes(productCode))
      .reduce((total, use) => total + (of === 'dose' ? use.given : use.vialsOpened), 0);
    return sum + Math.ceil(count / forEach) * pieces;
  }, 0);
}
