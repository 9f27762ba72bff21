import fc from 'fast-check';
import { MAX_ROWS, readFacilityFile, writeRejected } from './facility-file';

const HEADER = 'code,area,category,kind,active,name:en,address';
const row = (more: Partial<Record<string, string>> = {}): string => {
  const cells = {
    code: 'F-1',
    area: 'A',
    category: 'public',
    kind: 'FIXED',
    active: 'yes',
    name: 'One',
    address: '',
    ...more,
  };
  return Object.values(cells).join(',');
};

describe('a register of facilities', () => {
  it('is read with a byte order mark, either line end and any usual separator', () => {
    const texts = [
      `${HEADER}\n${row()}\n`,
      `\uFEFF${HEADER}\r\n${row()}\r\n`,
      `${HEADER}\n${row()}`.replaceAll(',', ';'),
      `${HEADER}\n${row()}`.replaceAll(',', '\t'),
    ];

    const read = texts.map(text => readFacilityFile(text));

    expect(read.map(({ rows, faults }) => [rows[0]?.entered, rows[0]?.line, faults])).toEqual(
      Array.from({ length: 4 }, () => [read[0]!.rows[0]!.entered, 2, []]),
    );
    expect(read[0]!.rows[0]!.entered).toMatchObject({
      code: 'F-1',
      category: 'PUBLIC',
      active: true,
      names: { en: 'One' },
    });
  });

  it('tells lines as an editor counts them, also after a cell of several lines', () => {
    const file = readFacilityFile(`${HEADER}\n${row({ address: '"one\ntwo"' })}\n\n${row({ code: '' })}`);

    expect(file.rows.map(({ line, faults }) => [line, faults.map(fault => fault.field)])).toEqual([
      [2, []],
      [5, ['code']],
    ]);
  });

  it('defaults nothing: every required cell that is empty is a fault', () => {
    const file = readFacilityFile(`${HEADER}\n,,,,,,`);

    expect(file.rows).toHaveLength(1);
    expect(file.rows[0]!.faults.map(({ field, key }) => `${field} ${key}`).sort()).toEqual([
      'active missing',
      'area missing',
      'category missing',
      'code missing',
      'kind missing',
    ]);
  });

  it('is not read when it has more rows than one file may', () => {
    const file = readFacilityFile([HEADER, ...Array.from({ length: MAX_ROWS + 1 }, () => row())].join('\n'));

    expect(file).toMatchObject({ rows: [], faults: [{ key: 'tooManyRows' }] });
  });

  it('is an answer whatever bytes it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
        const file = readFacilityFile(`${HEADER}\n${text}`);

        expect(file.rows.every(each => each.line >= 1)).toBe(true);
      }),
    );
  });

  it('gives rejected rows back so that reading them again gives the same cells', () => {
    const cell = fc.string({ maxLength: 20 }).map(text => text.trim());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 7, maxLength: 7 }), cells => {
        const text = writeRejected(HEADER.split(','), [
          { cells: ['X', ...cells.slice(1)], reasons: ['because', 'of, "that"'] },
        ]);

        const again = readFacilityFile(text);

        expect(again.faults).toEqual([]);
        expect(again.rows[0]!.cells).toEqual(['X', ...cells.slice(1), 'because of, "that"']);
      }),
    );
  });
});
