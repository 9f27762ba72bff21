// names-a-country-throughout: the packs of countries/ are what is read here
import { join } from 'node:path';
import fc from 'fast-check';
import { diffPacks, packFilesIn, packHash, readPack, type CountryPack } from '.';

function packOf(
  folder: string,
  change: (name: string, content: string) => string = (_, content) => content,
): CountryPack {
  const files = packFilesIn(join(__dirname, '../../../countries', folder));
  const reading = readPack(
    files.map(({ name, content }) => ({
      name,
      content: change(name, Buffer.from(content).toString('utf8')),
    })),
  );
  if (reading.pack) return reading.pack;
  throw new Error(JSON.stringify(reading.faults));
}

const changed = (file: string, from: string, to: string): CountryPack =>
  packOf('bd', (name, content) => (name === file ? content.replace(from, () => to) : content));

const before = packOf('bd');

describe('the difference between two packs', () => {
  it('of the same pack is nothing', () => {
    expect(diffPacks(before, packOf('bd'))).toEqual([]);
    expect(packHash(before)).toBe(packHash(packOf('bd')));
  });

  it('tells an area that was renamed', () => {
    expect(diffPacks(before, changed('areas.csv', 'Cumilla', 'Comilla'))).toEqual([
      { kind: 'changed', path: ['areas', 'BD-08', 'name', 'en'], from: 'Cumilla', to: 'Comilla' },
    ]);
  });

  it('tells a whole area that was added as one change', () => {
    const after = changed('areas.csv', 'BD-01,', 'BD-99,BD-B,district,নতুন,New,,,\nBD-01,');

    expect(diffPacks(before, after)).toMatchObject([{ kind: 'added', path: ['areas', 'BD-99'] }]);
  });

  it('tells a product that was withdrawn', () => {
    const after = packOf('bd', (name, content) =>
      name === 'products.csv' ? content.replace(/^opv-20-bharat,.*\n/m, '') : content,
    );

    expect(diffPacks(before, after)).toMatchObject([
      { kind: 'removed', path: ['products', 'opv-20-bharat'] },
    ]);
  });

  it('tells which dose of a series has another age', () => {
    const after = changed(
      'schedule.json',
      '"earliestRecommended": "15 months"',
      '"earliestRecommended": "18 months"',
    );

    expect(diffPacks(before, after)).toEqual([
      {
        kind: 'changed',
        path: [
          'schedule',
          'antigens',
          'measles',
          'series',
          'measles: MR',
          'doses',
          '2',
          'ages',
          '1',
          'earliestRecommended',
        ],
        from: '15 months',
        to: '18 months',
      },
    ]);
  });

  it('tells a text that was worded anew', () => {
    const after = changed('texts/en.json', 'Certificate of vaccination', 'Vaccination certificate');

    expect(diffPacks(before, after)).toMatchObject([{ path: ['texts', 'en', 'certificate.title'] }]);
  });

  it('takes no notice of the order of areas', () => {
    const after: CountryPack = { ...before, areas: [...before.areas].reverse() };

    expect(diffPacks(before, after)).toEqual([]);
  });

  it('is nothing exactly when the hash is the same', () => {
    const names = fc.record({ index: fc.nat(before.areas.length - 1), name: fc.string({ minLength: 1 }) });
    fc.assert(
      fc.property(names, ({ index, name }) => {
        const areas = before.areas.map((area, i) =>
          i === index ? { ...area, name: { ...area.name, en: name } } : area,
        );
        const after = { ...before, areas };
        return (diffPacks(before, after).length === 0) === (packHash(before) === packHash(after));
      }),
      { numRuns: 30 },
    );
  });

  it('read backwards is the same difference turned round', () => {
    const after = packOf('gh');

    const forth = diffPacks(before, after).map(({ kind }) => kind);
    const back = diffPacks(after, before).map(({ kind }) => kind);

    expect(back.filter(kind => kind === 'added').length).toBe(
      forth.filter(kind => kind === 'removed').length,
    );
    expect(back.filter(kind => kind === 'changed').length).toBe(
      forth.filter(kind => kind === 'changed').length,
    );
  });
});
