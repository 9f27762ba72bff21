// names-a-country-throughout: the packs of countries/ are what is read here
import { join } from 'node:path';
import fc from 'fast-check';
import { cpuMsOf } from '../../../test/harness/processor-time';
import { packFilesIn, readPack, type PackFault, type PackFile } from '.';

const FILES = packFilesIn(join(__dirname, '../../../countries/gh')).map(({ name, content }) => ({
  name,
  content: withoutStorage(Buffer.from(content).toString('utf8')),
}));
/** So that a test can say its own: `storage` is the last property of the manifest. */
function withoutStorage(content: string): string {
  return content.replace(/,\s*"storage": \[[^]*\](?=\s*\}\s*$)/, '');
}
const contentOf = (name: string): string => FILES.find(file => file.name === name)?.content ?? '';

/** The pack with one file changed. */
function having<T extends PackFile['content']>(
  name: string,
  change: (content: string) => T,
): { name: string; content: string | T }[] {
  return FILES.map(file => (file.name === name ? { name, content: change(file.content) } : file));
}

/** The pack with the first `from` of a file replaced; the test fails where it is not there. */
function with_(name: string, from: string, to: string): { name: string; content: string }[] {
  if (!contentOf(name).includes(from)) throw new Error(`${name} does not hold ${from}`);
  return having(name, content => content.replace(from, () => to));
}

/** A manifest's `storage` of two classes, for OPV and for a vaccine, before the property that follows. */
const storing = (vaccine: string, counts = '"single"', keptAt = 'CHILLED'): string => {
  const alarms = `[{ "side": "high", "celsius": 8, "minutes": 600, "counts": ${counts} }]`;
  const of = (code: string, one: string, at: string): string =>
    `{ "code": "${code}", "keptAt": "${at}", "vaccines": ["${one}"], "alarms": ${alarms} }`;
  return `"storage": [${of('a', 'OPV', 'CHILLED')}, ${of('b', vaccine, keptAt)}], "timeZone"`;
};

const faultsOf = (files: readonly PackFile[]): readonly PackFault[] => readPack(files).faults ?? [];
const brief = (files: readonly PackFile[]): string[] =>
  faultsOf(files).map(({ file, line, column, path, code }) => `${file}:${line}:${column} ${path} ${code}`);
const lineOf = (name: string, text: string): number =>
  contentOf(name).slice(0, contentOf(name).indexOf(text)).split('\n').length;

describe('a country pack', () => {
  it('says which vaccines bear what, each once', () => {
    const { pack } = readPack(with_('pack.json', '"timeZone"', storing('BCG', '{ "withinDays": 30 }')));

    expect(pack?.storage?.map(({ vaccines, alarms }) => [vaccines, alarms[0]?.counts])).toEqual([
      [['OPV'], { withinDays: 30 }],
      [['BCG'], { withinDays: 30 }],
    ]);
  });

  it('may keep a vaccine at two temperatures, each with alarms of its own', () => {
    const { pack } = readPack(with_('pack.json', '"timeZone"', storing('OPV', '"single"', 'FROZEN')));

    expect(pack?.storage?.map(({ keptAt, vaccines }) => [keptAt, vaccines])).toEqual([
      ['CHILLED', ['OPV']],
      ['FROZEN', ['OPV']],
    ]);
  });

  it('is read the same with a byte order mark and lines ended as on Windows', () => {
    const plain = readPack(FILES);
    const windows = FILES.map(({ name, content }) => ({
      name,
      content: `\uFEFF${content.replaceAll('\n', '\r\n')}`,
    }));

    expect(readPack(windows)).toEqual(plain);
  });

  it('is read the same from bytes', () => {
    const bytes = FILES.map(({ name, content }) => ({ name, content: new TextEncoder().encode(content) }));

    expect(readPack(bytes)).toEqual(readPack(FILES));
  });

  it('names every missing file', () => {
    expect(brief([])).toEqual([
      'areas.csv:1:1  file-missing',
      'golden.json:1:1  file-missing',
      'pack.json:1:1  file-missing',
      'priority-groups.json:1:1  file-missing',
      'products.csv:1:1  file-missing',
      'schedule.json:1:1  file-missing',
    ]);
  });

  it('names the faults of all its files at once', () => {
    const files = with_('areas.csv', 'GH-AA,,region', 'GH-AA,GH-XX,region').map(file =>
      file.name === 'pack.json'
        ? { ...file, content: file.content.replace('Africa/Accra', 'Africa/Acra') }
        : file,
    );

    expect(brief(files)).toEqual([
      'areas.csv:2:2 GH-AA.parent parent-unknown',
      `pack.json:${lineOf('pack.json', 'Africa/Accra')}:15 /timeZone time-zone-unknown`,
    ]);
  });

  it('takes no file it does not know', () => {
    expect(brief([...FILES, { name: '../pack.json', content: '{}' }])).toEqual([
      '../pack.json:1:1  file-unknown',
    ]);
  });

  it('takes no file twice', () => {
    expect(brief([...FILES, FILES[0]!])).toEqual(['areas.csv:1:1  file-repeated']);
  });

  it('keeps a thousand faults and counts the rest', () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `A-${i},nowhere,region,Area,,`).join('\n');
    const reading = readPack(having('areas.csv', content => `${content}${rows}\n`));

    expect([reading.faults?.length, 'more' in reading && reading.more]).toEqual([1000, 500]);
  });

  it.each([
    ['a null byte', 'pack.json', 'Ghana', 'Gha\u0000na', 'control-character'],
    ['a text that is not JSON', 'pack.json', '"country": "GH",', '"country": GH,', 'json-syntax'],
    [
      'a property twice',
      'pack.json',
      '"country": "GH",',
      '"country": "GH", "country": "GH",',
      'property-repeated',
    ],
    ['a misspelt property', 'pack.json', '"timeZone"', '"timezone"', 'property-unknown'],
    ['a storage class of no known vaccine', 'pack.json', '"timeZone"', storing('OPX'), 'unknown-vaccine'],
    [
      'a vaccine of two storage classes at one temperature',
      'pack.json',
      '"timeZone"',
      storing('OPV'),
      'duplicate',
    ],
    [
      'an alarm that counts neither one stay nor days',
      'pack.json',
      '"timeZone"',
      storing('BCG', '"all"'),
      'wrong-shape',
    ],
    [
      'a product that no pack has',
      'pack.json',
      '"products": ["bcg-20"]',
      '"products": ["bcg-21"]',
      'unknown-product',
    ],
    [
      'a product that needs a supply twice',
      'pack.json',
      '"products": ["bcg-20"]',
      '"products": ["bcg-20", "bcg-20"]',
      'duplicate',
    ],
    ['a supply with the code of a product', 'pack.json', '"ad-syringe-0.05"', '"bcg-20"', 'duplicate'],
    ['a supply twice', 'pack.json', '"ad-syringe-0.5"', '"ad-syringe-0.3"', 'duplicate'],
    [
      'a GTIN with the wrong check digit',
      'pack.json',
      '"ad-syringe-0.05"',
      '"ad-syringe-0.05", "gtins": ["09506000134353"]',
      'wrong-form',
    ],
    ['another format', 'pack.json', 'country-pack/1', 'country-pack/2', 'wrong-value'],
    ['a country that does not exist', 'pack.json', '"country": "GH"', '"country": "QQ"', 'country-unknown'],
    ['the code of another country', 'pack.json', '"GHA"', '"TGO"', 'country-mismatch'],
    [
      'a phone region that does not exist',
      'pack.json',
      '"region": "GH"',
      '"region": "QQ"',
      'phone-region-unknown',
    ],
    ['a calendar that does not exist', 'pack.json', '"gregory"', '"gregorian"', 'calendar-unknown'],
    [
      'a default language it does not have',
      'pack.json',
      '"defaultLanguage": "en"',
      '"defaultLanguage": "fr"',
      'default-language',
    ],
    ['a pattern that can run away', 'pack.json', 'GHA\\\\d{10}', '(A+)+', 'pattern-unsafe'],
    ['an example that does not pass', 'pack.json', 'GHA-000000000-0', 'GHA-00000000-0', 'example-fails'],
    [
      'a mask that hides too little',
      'pack.json',
      '{ "start": 3, "end": 3 }',
      '{ "start": 9, "end": 3 }',
      'mask-reveals',
    ],
    [
      'a text in a language it does not have',
      'pack.json',
      '{ "en": "Ghana" }',
      '{ "en": "Ghana", "fr": "Ghana" }',
      'language-undeclared',
    ],
    ['an area twice', 'areas.csv', 'GH-AF,', 'GH-AA,', 'duplicate'],
    ['an area within itself', 'areas.csv', 'GH-AA,,', 'GH-AA,GH-AA,', 'parent-cycle'],
    ['an area of no known level', 'areas.csv', ',region,', ',kingdom,', 'level-unknown'],
    ['an area within one of its own level', 'areas.csv', 'GH-AF,,', 'GH-AF,GH-AA,', 'level-order'],
    ['an area without a name', 'areas.csv', 'Greater Accra', '', 'translation-missing'],
    ['a latitude beyond the pole', 'areas.csv', '5.56', '95.56', 'wrong-form'],
    ['a latitude without longitude', 'areas.csv', '5.56,-0.2', '5.56,', 'coordinates-incomplete'],
    ['a row with a cell too many', 'areas.csv', '5.56,-0.2', '5.56,-0.2,7', 'cell-count'],
    ['a quote that is not closed', 'areas.csv', 'Greater Accra', '"Greater Accra', 'csv-syntax'],
    ['a column it does not know', 'areas.csv', 'lat,lon', 'lat,lng', 'column-unknown'],
    ['a column of names missing', 'areas.csv', 'name:en', 'name:fr', 'column-missing'],
    ['a product of no known vaccine', 'products.csv', ',BCG,', ',BCX,', 'unknown-vaccine'],
    ['a product of no known route', 'products.csv', 'intradermal', 'by arrow', 'wrong-value'],
    ['a vial of many doses that may stay open for ever', 'products.csv', ',20,6,', ',20,,', 'open-vial'],
    [
      'a schedule that names an unknown vaccine',
      'schedule.json',
      '"vaccine": "OPV"',
      '"vaccine": "OPX"',
      'unknown-vaccine',
    ],
    ['an age that is no age', 'schedule.json', '"9 months"', '"nine months"', 'wrong-form'],
    [
      'a priority group without a source',
      'priority-groups.json',
      '"source": "jrf-2023"',
      '"source": "hearsay"',
      'source-unknown',
    ],
    [
      'a priority group of no ages',
      'priority-groups.json',
      '"endAge": "24 months"',
      '"endAge": "12 months"',
      'age-range',
    ],
    [
      'a priority group by an unknown fact',
      'priority-groups.json',
      '"pregnant"',
      '"tall"',
      'unknown-observation',
    ],
    [
      'a golden case on a day that does not exist',
      'golden.json',
      '"on": "2024-01-01"',
      '"on": "2024-02-30"',
      'date-does-not-exist',
    ],
    [
      'a golden case for an unknown group',
      'golden.json',
      '"group": "BCG"',
      '"group": "BCQ"',
      'unknown-group',
    ],
    [
      'a text the service does not use',
      'texts/en.json',
      'message.nextDoseDue',
      'message.nextDosesDue',
      'text-unknown',
    ],
    [
      'a message that is no ICU message',
      'texts/en.json',
      'other {# minutes}',
      'many {# minutes}',
      'message-syntax',
    ],
    [
      'a message that leaves out what it is for',
      'texts/en.json',
      '{code} is your',
      'This is your',
      'argument-missing',
    ],
    [
      'a message with an argument nobody fills in',
      'texts/en.json',
      'is due on {date}',
      'is due on {date} at {hour}',
      'argument-unknown',
    ],
  ] as const)('with %s is turned down, the line named', (_, file, from, to, code) => {
    const faults = faultsOf(with_(file, from, to));

    const found = faults.find(fault => fault.code === code);

    expect(found).toMatchObject({ file, code });
    expect(found?.line).toBeGreaterThanOrEqual(
      code.startsWith('property-') || code === 'column-missing' ? 1 : lineOf(file, from),
    );
    expect(found?.line).toBeLessThanOrEqual(lineOf(file, from));
  });

  it('whose texts lack one is told which', () => {
    const faults = faultsOf(
      having('texts/en.json', content =>
        JSON.stringify({ ...JSON.parse(content), 'certificate.lot': undefined }),
      ),
    );

    expect(faults).toMatchObject([
      { file: 'texts/en.json', code: 'text-missing', params: { text: 'certificate.lot' } },
    ]);
  });

  it('whose nesting would exhaust the reader is turned down', () => {
    expect(brief(having('golden.json', () => '['.repeat(1_000_000)))).toEqual([
      'golden.json:1:65  json-too-deep',
    ]);
  });

  it('whose areas wind into a circle is turned down without climbing each way anew', async () => {
    const rows = Array.from(
      { length: 50_000 },
      (_, i) => `A-${i},A-${Math.min(i + 1, 49_999)},district,Area,,`,
    );
    const files = having('areas.csv', content => `${content}${rows.join('\n')}\n`);
    let reading!: ReturnType<typeof readPack>;

    const cost = await cpuMsOf(() => (reading = readPack(files)), 20_000);

    expect(reading.faults?.every(({ code }) => code === 'parent-cycle')).toBe(true);
    expect('more' in reading && reading.more).toBe(49_000);
    expect(cost).toBeLessThan(20_000);
  });

  it('whose bytes are not UTF-8 is turned down', () => {
    expect(brief(having('golden.json', () => Uint8Array.of(0xff, 0xfe, 0x00)))).toEqual([
      'golden.json:1:1  not-text',
    ]);
  });

  it('of any bytes at all has faults and never breaks the reader', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json(),
      fc.string({ unit: 'binary', maxLength: 300 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FILES.map(({ name }) => name)), anyBytes, (name, content) => {
        const reading = readPack(having(name, () => content));
        return reading.pack === undefined && reading.faults.some(fault => fault.file === name);
      }),
      { numRuns: 60 },
    );
  });

  it('cut off anywhere is turned down, at the file that was cut', () => {
    const json = FILES.filter(({ name }) => name.endsWith('.json'));
    fc.assert(
      fc.property(fc.constantFrom(...json), fc.double({ min: 0, max: 0.99, noNaN: true }), (file, part) => {
        const cut = file.content.trimEnd().slice(0, Math.floor(part * (file.content.trimEnd().length - 1)));
        const lines = cut.split('\n').length;
        return faultsOf(having(file.name, () => cut)).some(
          fault => fault.file === file.name && fault.line <= lines,
        );
      }),
      { numRuns: 40 },
    );
  });
});
