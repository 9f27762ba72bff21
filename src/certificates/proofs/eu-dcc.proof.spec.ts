import { dccNumbersOf } from './eu-dcc.proof';

const given = (...series: (string | undefined)[]) =>
  series.map((sd, at) => {
    const codes: Record<string, string> = sd ? { 'eu-sd': sd } : {};
    return { vaccinationId: `dose ${at + 1}`, codes };
  });

describe('which dose an EU DCC states, and of how many', () => {
  it.each([
    ['the first of two', given('2'), { dn: 1, sd: 2 }],
    ['the second of two', given('2', '2'), { dn: 2, sd: 2 }],
    ['the booster after two', given('2', '2', '2'), { dn: 3, sd: 3 }],
    ['the second booster after two', given('2', '2', '2', '2'), { dn: 4, sd: 4 }],
    ['the only one', given('1'), { dn: 1, sd: 1 }],
    ['the booster after one', given('1', '1'), { dn: 2, sd: 1 }],
    ['a booster of another vaccine after one', given('1', '2'), { dn: 2, sd: 1 }],
    ['a single-dose vaccine as the booster after two', given('2', '2', '1'), { dn: 3, sd: 3 }],
    ['of a product that does not say', given(undefined), { dn: 1, sd: 2 }],
  ])('%s', (_, series, numbers) => {
    expect(dccNumbersOf(series.at(-1)!, series)).toEqual(numbers);
  });
});
