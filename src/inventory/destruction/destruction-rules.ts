/** So much of a lot: whole doses, or pieces of a supply. */
export interface LotDoses {
  lotId: string;
  doses: number;
}

/** A lot of which less lies wasted than is said to be destroyed. */
export interface DestructionShortage extends LotDoses {
  /** What lies wasted and no other record claims. */
  there: number;
}

/** What is said to be destroyed and does not lie wasted there. */
export const shortagesOf = (
  lots: readonly LotDoses[],
  wasted: ReadonlyMap<string, number>,
): DestructionShortage[] =>
  lots
    .map(({ lotId, doses }) => ({ lotId, doses, there: wasted.get(lotId) ?? 0 }))
    .filter(({ doses, there }) => doses > there);
