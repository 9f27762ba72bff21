import fc from 'fast-check';
import { cpuMsOf } from '../../../test/harness/processor-time';
import {
  checkDigit,
  checkPair,
  parseBracketed,
  parseDigitalLink,
  parseElementString,
  parseScan,
  toBracketed,
  toDigitalLink,
  toElementString,
  toHumanReadable,
  toScan,
} from '.';
import { checkTexts } from './check-texts';
import { isCheckName, runCheck } from './checks';

const vial = [
  { ai: '01', value: `0950600011343${checkDigit('0950600011343')}` },
  { ai: '17', value: '271130' },
  { ai: '10', value: 'LOT(7)' },
];

describe('GS1 element strings', () => {
  test('a vial’s code is read in each of its three forms', () => {
    const forms = [
      parseBracketed(toBracketed(vial)),
      parseElementString(toElementString(vial)),
      parseScan(`]d2${toElementString(vial).slice(1).replaceAll('^', '\u001d')}`),
    ];

    expect(forms).toEqual(Array(3).fill(expect.objectContaining({ ok: true, elements: vial })));
  });

  test('a Digital Link puts the lot in the path and the expiry in the query', () => {
    const link = toDigitalLink(vial, 'https://example.org/t/');

    expect(link).toEqual({
      ok: true,
      uri: expect.stringMatching(/\/t\/01\/\d{14}\/10\/LOT%287%29\?17=271130$/),
    });
    expect(parseDigitalLink(link.ok ? link.uri : '')).toMatchObject({ ok: true });
  });

  test('an expiry without a product is refused, and so is a lot that is said twice differently', () => {
    const lonely = parseBracketed('(17)271130');
    const twice = parseBracketed(`${toBracketed(vial)}(10)OTHER`);

    expect(lonely).toMatchObject({ ok: false, fault: { message: expect.stringContaining('not satisfied') } });
    expect(twice).toMatchObject({
      ok: false,
      fault: { message: expect.stringContaining('different values') },
    });
  });

  test('a fault of content is marked where it is', () => {
    expect(parseBracketed('(4326)201300')).toEqual({
      ok: false,
      fault: { message: `AI (4326): ${checkTexts['month-illegal']}`, markup: '(4326)20|13|00' },
    });
  });

  test('a shop’s barcode is a GTIN of fourteen digits', () => {
    const number = `950600011343${checkDigit('950600011343')}`;

    expect(parseScan(`]E0${number}`)).toMatchObject({ elements: [{ ai: '01', value: `0${number}` }] });
    expect(toScan('EAN-13', number)).toEqual({ ok: true, scan: `]E0${number}` });
  });

  test('are printed for people with a space after the AI', () => {
    expect(toHumanReadable(vial)[1]).toBe('(17) 271130');
  });

  test('an alphanumeric key has a check pair that finds each exchange of neighbours', () => {
    const key = '1987654Ad4X4bL5ttr2310c';

    const exchanged = `${key.slice(0, 7)}${key[8]}${key[7]}${key.slice(9)}`;

    expect(runCheck('csumalpha', key + checkPair(key))).toBeNull();
    expect(runCheck('csumalpha', exchanged + checkPair(key))).not.toBeNull();
  });

  test('no text makes a reader throw, nor keeps it long', async () => {
    const marks = fc.constantFrom(
      '^',
      '(',
      ')',
      '01',
      '10',
      '8110',
      'https://a/',
      ']d2',
      '\u001d',
      '?',
      '&',
      '=',
      '/',
      '%',
    );
    const texts = fc.array(
      fc.oneof(marks, fc.string({ unit: 'binary', maxLength: 20 }), fc.stringMatching(/^[0-9]{1,20}$/)),
    );
    fc.assert(
      fc.property(texts, parts => {
        const text = parts.join('');
        for (const read of [parseBracketed, parseElementString, parseDigitalLink, parseScan])
          expect(typeof read(text).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
    const cost = await cpuMsOf(() => {
      parseBracketed('(10)A'.repeat(200_000));
      parseElementString(`^${'10A^'.repeat(200_000)}`);
    }, 20_000);
    expect(cost).toBeLessThan(20_000);
  });

  test('no text makes a check of content throw', () => {
    const names = [
      'csum',
      'csumalpha',
      'iban',
      'couponcode',
      'couponposoffer',
      'pcenc',
      'yyyymmdd',
      'latitude',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...names.filter(isCheckName)),
        fc.string({ unit: 'binary' }),
        (name, text) => {
          const { at, length } = runCheck(name, text) ?? { at: 0, length: 0 };
          expect(at + length).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
