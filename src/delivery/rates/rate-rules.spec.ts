import { chargedGrams, pricesOf, rateListFault, type RateList, zoneBetween } from './rate-rules';

const LIST: RateList = {
  currency: 'XTS',
  mm3PerGram: 5000,
  zones: [
    { code: 'far', sharedAreas: 0 },
    { code: 'near', sharedAreas: 2 },
  ],
  rates: [
    { service: 'plain', zone: 'near', upToGrams: 500, minor: 3000 },
    { service: 'plain', zone: 'near', upToGrams: 2000, minor: 4500 },
    { service: 'cold', zone: 'near', upToGrams: 2000, minor: 9000 },
    { service: 'plain', zone: 'far', upToGrams: 2000, minor: 6000 },
  ],
};

describe('a price list', () => {
  it.each([
    [['a', 'b', 'c'], ['a', 'b', 'd'], 'near'],
    [['a', 'b'], ['a', 'b'], 'near'],
    [['a', 'b'], ['a', 'x'], 'far'],
    [['a'], ['z', 'b', 'c'], 'far'],
  ])('has one zone between two places (%j, %j)', (from, to, zone) => {
    expect(zoneBetween(LIST.zones, from, to)).toBe(zone);
  });

  it('charges by weight, or by size where that counts for more', () => {
    const size = { lengthMm: 200, widthMm: 200, heightMm: 101 };

    expect(chargedGrams({ weightGrams: 300, size }, 5000)).toBe(808);
    expect(chargedGrams({ weightGrams: 900, size }, 5000)).toBe(900);
    expect(chargedGrams({ weightGrams: 300, size }, null)).toBe(300);
  });

  it.each([
    [
      500,
      [
        ['plain', 3000],
        ['cold', 9000],
      ],
    ],
    [
      501,
      [
        ['plain', 4500],
        ['cold', 9000],
      ],
    ],
    [2001, []],
  ])('asks for %d grams by the lightest band that holds them', (weightGrams, expected) => {
    const prices = pricesOf(LIST, 'near', { weightGrams });

    expect(prices.map(({ service, minor }) => [service, minor])).toEqual(expected);
  });

  it.each([
    [{ currency: 'XXZ' }, 'currency'],
    [{ zones: [...LIST.zones, { code: 'far', sharedAreas: 1 }] }, 'zoneTwice'],
    [{ zones: [{ code: 'near', sharedAreas: 2 }] }, 'zoneForAll'],
    [{ rates: [{ ...LIST.rates[0]!, zone: 'elsewhere' }] }, 'zoneUnknown'],
    [{ rates: [LIST.rates[0]!, LIST.rates[0]!] }, 'rateTwice'],
    [{}, undefined],
  ])('that cannot be is not published (%#)', (change, why) => {
    expect(rateListFault({ ...LIST, ...change }, ['XTS'])?.why).toBe(why);
  });
});
