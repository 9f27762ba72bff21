import { checkDigit } from '../../../codecs/gs1';
import { checkUnique } from './check-manifest';
import type { PackManifest } from './check-shape';
import type { PackProduct } from '../country-pack';
import type { JsonFile } from '../reading/json-file';
import type { Faults, PackFaultCode } from '../pack-fault';

/**
 * Supplies: each code once and no product's, each GTIN once and with its check digit (GS1 General Specifications §7.9), and
 * every product that needs one in the pack. One supply's needs name a product once by the dose and once by the vial.
 */
export function checkSupplies(
  file: JsonFile,
  { supplies = [] }: PackManifest,
  products: readonly PackProduct[],
  faults: Faults,
): void {
  const add = (path: string, code: PackFaultCode, params?: Record<string, string | number>): void =>
    faults.add(file.name, file.placeOf(path), path, code, params);
  checkUnique('/supplies', supplies, 'code', add);
  const known = new Set(products.map(({ code }) => code));
  const gtins = new Set<string>();
  supplies.forEach((supply, s) => {
    const at = `/supplies/${s}`;
    if (known.has(supply.code)) add(`${at}/code`, 'duplicate', { code: supply.code });
    supply.gtins?.forEach((gtin, g) => {
      if (checkDigit(gtin.slice(0, -1)) !== gtin.at(-1)) add(`${at}/gtins/${g}`, 'wrong-form', { gtin });
      if (gtins.has(gtin)) add(`${at}/gtins/${g}`, 'duplicate', { gtin });
      gtins.add(gtin);
    });
    const named = new Set<string>();
    supply.needs.forEach(({ products: needing, of }, n) =>
      needing.forEach((product, p) => {
        const path = `${at}/needs/${n}/products/${p}`;
        if (!known.has(product)) add(path, 'unknown-product', { product });
        if (named.has(`${of} ${product}`)) add(path, 'duplicate', { product });
        named.add(`${of} ${product}`);
      }),
    );
  });
}
