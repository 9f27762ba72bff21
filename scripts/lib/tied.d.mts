/** Module that ends a program when its parent is no more; to be loaded with `--import`. */
export const TIE: string;
export function endWhenOrphaned(): void;
