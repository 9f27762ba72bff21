import fc from 'fast-check';
import { sheltered, unsheltered } from './spreadsheet-cells';

const text = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\0', '＝', "'", "'="), fc.string())
    .map(parts => parts.join('')),
);

describe('a cell of a table that goes out', () => {
  it('is never a formula', () => {
    expect(sheltered('=HYPERLINK("https://x.example")')).toBe(`'=HYPERLINK("https://x.example")`);
    fc.assert(fc.property(text, one => !/^[=+\-@\t\r\0＝＋－＠]/.test(sheltered(one))));
  });

  it('is the same text when it comes in again', () => {
    fc.assert(fc.property(text, one => unsheltered(sheltered(one)) === one));
  });

  it('that somebody else wrote is what it says', () => {
    expect(['-1.25', '=1', "'s-Hertogenbosch"].map(unsheltered)).toEqual(['-1.25', '=1', "'s-Hertogenbosch"]);
  });
});
