import type { CountryPack, PackTextKey } from './country-pack';

/** Texts of a pack that stand for a text of the product with the same arguments, wherever the product says it. */
const PRODUCT_KEYS: Partial<Record<PackTextKey, string>> = { 'message.signInCode': 'identity.signInCode' };

/** What the pack words itself of the product's own texts, by language, then by the product's key. */
export function wordingsOf(pack: CountryPack): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(pack.texts).map(([language, texts]) => [
      language,
      Object.fromEntries(
        Object.entries(texts).flatMap(([key, text]) => {
          const product = PRODUCT_KEYS[key as PackTextKey];
          return product ? [[product, text]] : [];
        }),
      ),
    ]),
  );
}
