/** A zone of a price list: both ends lie in so many areas together, counted from the top of the country's areas. */
export interface RateZone {
  code: string;
  sharedAreas: number;
}

/** What one service costs in one zone up to a weight. */
export interface Rate {
  service: string;
  zone: string;
  upToGrams: number;
  /** Whole minor units of the list's currency. */
  minor: number;
}

/** A price list as a country publishes it. */
export interface RateList {
  /** ISO 4217. */
  currency: string;
  /** How many cubic millimetres count as a gram; null when size does not count. */
  mm3PerGram: number | null;
  zones: readonly RateZone[];
  rates: readonly Rate[];
}

/** Outer measures, millimetres. */
export interface Size {
  lengthMm: number;
  widthMm: number;
  heightMm: number;
}

/** What is to be carried. */
export interface Load {
  weightGrams: number;
  size?: Size | null;
}

/** What carrying it costs. */
export interface Price {
  service: string;
  zone: string;
  /** What was charged by: the weight, or the size where that counts for more. */
  grams: number;
  minor: number;
  currency: string;
}

/** What is wrong with a price list, where; a text of `delivery.rateFault`. */
export interface RateFault {
  path: string;
  why: 'currency' | 'zoneTwice' | 'zoneForAll' | 'zoneUnknown' | 'rateTwice';
}

/** The first thing that is wrong with a price list; null when nothing is. `currencies`: the codes that there are. */
export function rateListFault(
  { currency, zones, rates }: RateList,
  currencies: readonly string[],
): RateFault | null {
  if (!currencies.includes(currency)) return { path: 'currency', why: 'currency' };
  const [codes, depths] = [zones.map(({ code }) => code), zones.map(({ sharedAreas }) => sharedAreas)];
  if (hasTwice(codes) || hasTwice(depths)) return { path: 'zones', why: 'zoneTwice' };
  if (!depths.includes(0)) return { path: 'zones', why: 'zoneForAll' };
  const strange = rates.findIndex(({ zone }) => !codes.includes(zone));
  if (strange >= 0) return { path: `rates.${strange}.zone`, why: 'zoneUnknown' };
  return hasTwice(rates.map(({ service, zone, upToGrams }) => `${service} ${zone} ${upToGrams}`))
    ? { path: 'rates', why: 'rateTwice' }
    : null;
}

const hasTwice = (values: readonly unknown[]): boolean => new Set(values).size < values.length;

/**
 * The zone between two places, by the areas that each lies in, from the top: the one that shares most of what they
 * share.
 */
export function zoneBetween(
  zones: readonly RateZone[],
  from: readonly string[],
  to: readonly string[],
): string {
  const apart = from.findIndex((area, depth) => area !== to[depth]);
  const shared = apart < 0 ? from.length : apart;
  const fitting = zones.filter(({ sharedAreas }) => sharedAreas <= shared);
  return fitting.reduce((one, other) => (other.sharedAreas > one.sharedAreas ? other : one)).code;
}

/** What is charged by: the weight, or what its size counts for where that is more. Grams, rounded up. */
export function chargedGrams({ weightGrams, size }: Load, mm3PerGram: number | null): number {
  if (!size || mm3PerGram === null) return weightGrams;
  return Math.max(weightGrams, Math.ceil((size.lengthMm * size.widthMm * size.heightMm) / mm3PerGram));
}

/** What each service asks for a load in a zone, cheapest first; none that carries nothing so heavy. */
export function pricesOf(list: RateList, zone: string, load: Load): Price[] {
  const grams = chargedGrams(load, list.mm3PerGram);
  const least = new Map<string, Rate>();
  for (const rate of list.rates) {
    if (rate.zone !== zone || rate.upToGrams < grams) continue;
    const known = least.get(rate.service);
    if (!known || rate.upToGrams < known.upToGrams) least.set(rate.service, rate);
  }
  return [...least.values()]
    .map(({ service, minor }) => ({ service, zone, grams, minor, currency: list.currency }))
    .sort((a, b) => a.minor - b.minor || (a.service < b.service ? -1 : 1));
}
