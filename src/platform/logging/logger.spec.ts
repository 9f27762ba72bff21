import fc from 'fast-check';
import { makeLogger } from './logger';

/** What is written, as the log's reader gets it. */
function logging() {
  const written: string[] = [];
  const log = makeLogger('info', { write: text => void written.push(text) });
  return { log, written };
}
/** Whatever would end a line, move a cursor or change a colour. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/;

describe('a line of the log', () => {
  it('is one line of JSON whatever is in its values', () => {
    const { log, written } = logging();

    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, message) => {
        written.length = 0;

        log.warn({ value, [`${value}x`]: value }, message);

        const [line, ...others] = written;
        expect(others).toEqual([]);
        expect(line!.indexOf('\n')).toBe(line!.length - 1);
        expect(line!.replaceAll('\u007f', '')).not.toMatch(CONTROL);
        expect(JSON.parse(line!)).toMatchObject({ level: 40 });
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a line break', 'x\n{"level":60,"msg":"forged"}'],
    ['a carriage return', 'x\r{"level":60}'],
    ['colours of a terminal', '\u001b[2J\u001b[31mred'],
    ['the end of a string', '"},{"level":60,"msg":"forged'],
    ['a separator of lines', 'x\u2028y'],
  ])('is not forged by %s', (_what, value) => {
    const { log, written } = logging();

    log.info({ value }, value);

    expect(written).toHaveLength(1);
    expect(written[0]!.slice(0, -1)).not.toMatch(CONTROL);
    expect(JSON.parse(written[0]!)).toMatchObject({ value, msg: value, level: 30 });
  });

  it('has no credential in it, even where somebody logs a whole object', () => {
    const { log, written } = logging();
    const secret = 'do-not-write-this';

    log.error(
      {
        req: { headers: { authorization: secret } },
        sent: { authorization: secret, password: secret, token: secret, phone: secret, name: secret },
      },
      'something',
    );

    expect(written.join('')).not.toContain(secret);
  });

  it('quotes no value of a statement that failed', () => {
    const { log, written } = logging();
    const driverError = { code: '23505', constraint: 'person_unique', detail: 'Key (name)=(Amina) exists' };
    const error = Object.assign(new Error('duplicate: (Amina)'), { driverError });

    log.error({ err: error }, 'a statement failed');

    expect(written.join('')).toContain('person_unique');
    expect(written.join('')).not.toContain('Amina');
  });
});
