/** A trade name as it is compared: letters and digits only, since records write `X-ADULT`, `X Adult` and `x  adult`. */
export function plainName(tradeName: string): string {
  return tradeName.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
