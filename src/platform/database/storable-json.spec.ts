import fc from 'fast-check';
import { storableJson } from './storable-json';

const NOT_STORED = /\0|\p{Surrogate}/gu;

describe('a value as JSON for PostgreSQL', () => {
  it.each([
    ['nothing', 'a \0 b', 'a \ufffd b'],
    ['half a pair', 'a \ud83d b', 'a \ufffd b'],
    ['a whole pair', 'a 😀 b', 'a 😀 b'],
    ['an escape that is spelt', 'a \\u0000 b \\\\ud83d', 'a \\u0000 b \\\\ud83d'],
    ['one behind a backslash', '\\\0', '\\\ufffd'],
  ])('has %s as it can be stored', (_what, text, stored) => {
    expect(JSON.parse(storableJson({ text }))).toEqual({ text: stored });
  });

  it('is that of the value but for what is not stored, whatever the texts are', () => {
    const part = fc.constantFrom('\\', '\\\\', '\0', '"', 'u0000', 'ud83d', '\ud83d', '\ude00', '\n', 'a');
    fc.assert(
      fc.property(fc.array(part), parts => {
        const text = parts.join('');
        expect(JSON.parse(storableJson([text]))).toEqual([text.replace(NOT_STORED, '\ufffd')]);
      }),
    );
  });
});
