import { PassThrough } from 'node:stream';
import type { PoolClient } from 'pg';
import type { EntityManager, QueryFailedError } from 'typeorm';
import { copyText } from './copy-in';
import { asParameter, textArray } from './text-array';
import { asInstant, rowOf } from './text-rows';
import { UnitOfWork } from './unit-of-work';

type Told = (error: Error | null) => void;

/** A connection that answers when it is told to. */
function connection() {
  const asked: Told[] = [];
  const query = (sent: { callback?: Told }, done?: Told): void => void asked.push(done ?? sent.callback!);
  const client = { connection: { stream: new PassThrough() }, query } as unknown as PoolClient;
  return { asked, work: new UnitOfWork({} as EntityManager, client) };
}

const refusal = (code: string): Error => Object.assign(new Error(code), { code });

describe('statements that travel together', () => {
  it('fail by the one that broke the transaction, whichever of them is heard of first', async () => {
    const { asked, work } = connection();
    const copied = work.copy('dose (id)', [['1']]);
    const counted = work.query('UPDATE lot SET doses = $1', [1]);

    asked[0]!(refusal('22021'));
    asked[1]!(refusal('25P02'));
    const failures = await Promise.allSettled([counted, copied]);

    expect(
      failures.map(failure => ((failure as PromiseRejectedResult).reason as QueryFailedError).driverError),
    ).toEqual([refusal('22021'), refusal('22021')]);
  });

  it('fail each by its own fault where there is no transaction to break', async () => {
    const { asked, work } = connection();
    const both = Promise.allSettled([work.query('SELECT $1', [1]), work.query('SELECT $1', [2])]);

    asked[0]!(refusal('22012'));
    asked[1]!(refusal('42P01'));

    expect(
      (await both).map(one => ((one as PromiseRejectedResult).reason as QueryFailedError).driverError),
    ).toEqual([refusal('22012'), refusal('42P01')]);
  });
});

describe('rows that stay what the server wrote', () => {
  const Dose = rowOf<{ id: string; lotId: string | null; counted: string[]; at: Date }>(
    ['id', 'lotId', 'counted', 'at'],
    { counted: JSON.parse, at: asInstant },
  );

  it('are read a column at a time', () => {
    const { id, lotId, counted, at } = new Dose(['1', null, '["MMR"]', '2026-11-23 09:30:00.5+00']);

    expect({ id, lotId, counted, at }).toEqual({
      id: '1',
      lotId: null,
      counted: ['MMR'],
      at: new Date('2026-11-23T09:30:00.500Z'),
    });
  });

  it('have no fault in a column that is not asked for', () => {
    expect(new Dose(['1', null, 'no JSON', 'never']).id).toBe('1');
  });

  it('fail as those of other statements do', async () => {
    const { asked, work } = connection();
    const rows = work.rows(Dose, 'SELECT $1', [1]);

    asked[0]!(refusal('22012'));

    await expect(rows).rejects.toMatchObject({ query: 'SELECT $1', driverError: refusal('22012') });
  });
});

describe('what is copied', () => {
  it('is told apart from what COPY means by it', () => {
    const instant = new Date(0);

    expect(
      copyText([
        ['a\tb\\\n\r', null, 1, instant, { a: 'x\ty' }, undefined],
        ['\\.', '', 0, '\\N', [], '👶'],
      ]),
    ).toBe(
      'a\\tb\\\\\\n\\r\t\\N\t1\t1970-01-01T00:00:00.000Z\t{"a":"x\\\\ty"}\t\\N\n' +
        '\\\\.\t\t0\t\\\\N\t[]\t👶\n',
    );
  });

  it('is each instant by itself, whatever was written before it', () => {
    const [one, other] = [new Date(1), new Date(2)];
    expect(
      copyText([
        [one, other],
        [new Date(2), one, one],
      ]),
    ).toBe(
      '1970-01-01T00:00:00.001Z\t1970-01-01T00:00:00.002Z\n' +
        '1970-01-01T00:00:00.002Z\t1970-01-01T00:00:00.001Z\t1970-01-01T00:00:00.001Z\n',
    );
    expect(() => copyText([[new Date(Number.NaN)]])).toThrow(RangeError);
  });

  it('is no other character where half of one was sent: the server refuses U+0000', () => {
    expect(copyText([['half \ud83d']])).toBe('half \0\n');
  });

  it('is a list of texts as PostgreSQL writes it', () => {
    expect(textArray(['vaccinator', 'a "b" \\ c, {d}'])).toBe('{"vaccinator","a \\"b\\" \\\\ c, {d}"}');
    expect(textArray([])).toBe('{}');
    expect(textArray([null, 'NULL', '', '"'])).toBe('{NULL,"NULL","","\\""}');
  });
});

describe('a parameter', () => {
  it('is written by pg unless it is a list of texts alone', () => {
    const others = [1, null, [1], [new Date(0)], [['a']], [undefined], { a: ['b'] }];

    expect(others.map(asParameter)).toEqual(others);
    expect(asParameter(['a', null])).toBe('{"a",NULL}');
  });
});
