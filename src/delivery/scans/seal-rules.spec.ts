import { readSeal, type SealReading, sealsFound } from './seal-rules';

const reading = (at: number, seal: string | null, act: SealReading['act'] = 'seen'): SealReading => ({
  scanId: `scan-${at}`,
  at,
  act,
  seal,
  hubId: null,
});
const broken = (...readings: SealReading[]) =>
  sealsFound(readings)
    .filter(one => one.broken)
    .map(({ at }) => at);

describe('a seal', () => {
  it('holds while everybody reads the same', () => {
    expect(
      broken(reading(1, 'A-100', 'packed'), reading(2, 'A-100'), reading(3, null), reading(4, 'A-100')),
    ).toEqual([]);
  });

  it('is broken where it is another or gone and nobody has said that it was opened', () => {
    expect(
      broken(reading(1, 'A-100', 'packed'), reading(2, 'B-200'), reading(3, 'B-200'), reading(4, 'NONE')),
    ).toEqual([2, 4]);
  });

  it('may be changed by whoever packs into it or unpacks', () => {
    expect(
      broken(
        reading(1, 'A-100', 'packed'),
        reading(2, null, 'unpacked'),
        reading(3, 'B-200'),
        reading(4, 'C-300', 'packed'),
      ),
    ).toEqual([]);
  });

  it.each([
    [' a-100 ', 'A-100'],
    ['no', null],
    ['two words', null],
    ['X'.repeat(31), null],
  ])('is written in capitals, letters, digits and dashes (%j)', (text, expected) => {
    expect(readSeal(text)).toBe(expected);
  });
});
