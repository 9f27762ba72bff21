/**
 * What is counted in: a vaccine in whole doses, a supply (syringe, diluent, safety box) in pieces. The two are never
 * added.
 */
export type StockUnit = 'DOSE' | 'PIECE';

/** How much there is of something, as a caller says it: in one of the two. */
export interface Counted {
  doses?: number | null;
  pieces?: number | null;
}

/** {@link Counted} of a lot. */
export interface CountedLot extends Counted {
  lotId: string;
}

/** {@link Counted} of a product, vaccine or supply. */
export interface CountedProduct extends Counted {
  productCode: string;
}

/** The figure when it is said in that unit and in no other; null when it is not. */
export function countIn(unit: StockUnit, { doses = null, pieces = null }: Counted): number | null {
  const [said, other] = unit === 'DOSE' ? [doses, pieces] : [pieces, doses];
  return other === null ? said : null;
}

/** A figure with its unit beside it: 0 in the other, so that whoever adds up doses adds no syringes. */
export const amountOf = (unit: StockUnit, count: number) => ({
  unit,
  doses: unit === 'DOSE' ? count : 0,
  pieces: unit === 'PIECE' ? count : 0,
});

export const isVaccine = ({ unit }: { unit: StockUnit }): boolean => unit === 'DOSE';

/** Reasons to throw something away that only vaccines have: their monitors, their shake test, their opened vials. */
const OF_VACCINES: readonly string[] = ['VVM_CHANGED', 'SHAKE_TEST_FAILED', 'OPEN_VIAL_DISCARDED'];

/** Whether what is said of a lot can be true: a syringe has no vial monitor. */
export const fitsUnit = (
  unit: StockUnit,
  {
    vvmStage = null,
    reasons = [],
  }: { vvmStage?: number | null; reasons?: readonly (string | null | undefined)[] },
): boolean =>
  unit === 'DOSE' || (vvmStage === null && !reasons.some(reason => OF_VACCINES.includes(reason ?? '')));
