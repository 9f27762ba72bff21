import fc from 'fast-check';
import { readTable, type TableForm, writeRejected } from './table';

const FORM: TableForm = {
  required: ['code', 'kind', 'open'],
  optional: ['address', 'latitude'],
  family: /^name:[a-z]{2}$/,
  mostRows: 50,
};
const HEADER = 'code,kind,open,name:en,address';
const row = (more: Partial<Record<string, string>> = {}): string =>
  Object.values({ code: 'F-1', kind: 'fixed', open: 'yes', name: 'One', address: '', ...more }).join(',');

/** As a module reads a row. */
const entries = (text: string) => {
  const table = readTable(text, FORM);
  const rows = table.rows.map(each => ({
    row: each,
    code: each.required('code'),
    kind: each.oneOf('kind', ['FIXED', 'MOBILE']),
    open: each.oneOf('open', ['YES', 'NO']),
    names: each.family(FORM),
    latitude: each.decimal('latitude'),
  }));
  return { ...table, rows };
};

describe('a register that comes in as a file', () => {
  it('is read with a byte order mark, either line end and any usual separator', () => {
    const texts = [
      `${HEADER}\n${row()}\n`,
      `\uFEFF${HEADER}\r\n${row()}\r\n`,
      `${HEADER}\n${row()}`.replaceAll(',', ';'),
      `${HEADER}\n${row()}`.replaceAll(',', '\t'),
    ];

    const read = texts.map(entries);

    for (const { rows, faults } of read) {
      expect(faults).toEqual([]);
      expect(rows).toMatchObject([{ code: 'F-1', kind: 'FIXED', open: 'YES', names: { en: 'One' } }]);
      expect(rows[0]!.row).toMatchObject({ line: 2, faults: [] });
    }
  });

  it('is separated by what its header is, whatever stands in a cell', () => {
    const { rows } = entries(`${HEADER}\n${row({ address: '?' })}`.replaceAll(',', ';').replace('?', 'A, B'));

    expect(rows[0]!.row.text('address')).toBe('A, B');
    expect(rows[0]!.row.faults).toEqual([]);
  });

  it('tells lines as an editor counts them, also after a cell of several lines', () => {
    const { rows } = entries(`${HEADER}\n${row({ address: '"one\ntwo"' })}\n\n${row({ code: '' })}`);

    expect(rows.map(each => [each.row.line, each.row.faults.map(({ field }) => field)])).toEqual([
      [2, []],
      [5, ['code']],
    ]);
  });

  it('defaults nothing: every required cell that is empty is a fault', () => {
    const { rows } = entries(`${HEADER}\n,,,,`);

    expect(rows[0]!.row.faults.map(({ field, key }) => `${field} ${key}`)).toEqual([
      'code missing',
      'kind missing',
      'open missing',
    ]);
  });

  it('says one thing of a line that cannot be read as a whole', () => {
    const { rows } = entries(`${HEADER}\nF-2,fixed\n${row()}\nF-3,"fi"xed,yes,One,`);

    expect(rows.map(each => each.row.faults.map(({ line, key }) => `${line} ${key}`))).toEqual([
      ['2 cellCount'],
      [],
      ['4 quotes'],
    ]);
  });

  it('has the columns of its form, each once, and no others', () => {
    const { rows, faults } = entries(`code,kind,kind,colour\n1,2,3,4`);

    expect(rows).toEqual([]);
    expect(faults.map(({ field, key }) => `${field} ${key}`)).toEqual([
      'open columnMissing',
      'name:… columnMissing',
      'kind columnRepeated',
      'colour columnUnknown',
    ]);
  });

  it('is not read when it has more rows than one file may', () => {
    const { rows, faults } = entries([HEADER, ...Array.from({ length: 51 }, () => row())].join('\n'));

    expect({ rows, faults }).toMatchObject({ rows: [], faults: [{ key: 'tooManyRows' }] });
  });

  it('is an answer whatever bytes it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
        const { rows } = entries(`${HEADER}\n${text}`);

        expect(rows.every(each => each.row.line >= 1)).toBe(true);
      }),
    );
  });
});

describe('the rows of a register that were rejected', () => {
  const cell = fc
    .tuple(fc.constantFrom('', '', '=', '+', '-', '@', "'", "'="), fc.string({ maxLength: 20 }))
    .map(([first, rest]) => (first + rest).trim());
  const cells = fc.array(cell, { minLength: 5, maxLength: 5 }).map(([, ...others]) => ['X', ...others]);

  it('are the same cells when they are read again', () => {
    fc.assert(
      fc.property(cells, sent => {
        const text = writeRejected(HEADER.split(','), [{ cells: sent, reasons: ['because', 'of, "that"'] }]);

        const again = entries(text);

        expect(again.faults).toEqual([]);
        expect(again.rows[0]!.row.cells).toEqual([...sent, 'because of, "that"']);
      }),
    );
  });

  it('are calculated by no spreadsheet (OWASP ASVS 5.0 1.2.10)', () => {
    const formula = ['=HYPERLINK("https://x.example")', '+1', '-1', '@SUM(A1)', 'plain'];

    const [, line] = writeRejected(HEADER.split(','), [{ cells: formula, reasons: [] }]).split('\r\n');

    expect(line).toBe(`"'=HYPERLINK(""https://x.example"")",'+1,'-1,'@SUM(A1),plain,`);
  });
});
