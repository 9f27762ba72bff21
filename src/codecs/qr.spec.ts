import jsQR from 'jsqr';
import { qrMatrix, qrMillimetresOnPaper, qrSvg, qrTerminal, quietZone } from './qr';

const text = `HC1:${'NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH $*/'.repeat(12)}`;

describe('the QR code of a certificate', () => {
  test('is read back by an independent reader', () => {
    const matrix = qrMatrix(text);

    expect(scan(matrix.size, matrix.isDark)).toBe(text);
  });

  test('as a picture is the same code', () => {
    const bars = [...qrSvg(qrMatrix(text)).matchAll(/M(\d+) (\d+)\.5h(\d+)/g)].map(bar =>
      bar.slice(1).map(Number),
    );
    const dark = new Set(
      bars.flatMap(([x, y, length]) =>
        Array.from({ length: length! }, (_, i) => `${y! - quietZone} ${x! - quietZone + i}`),
      ),
    );

    expect(scan(qrMatrix(text).size, (row, column) => dark.has(`${row} ${column}`))).toBe(text);
  });

  test('in a terminal is the same code, with or without colours', () => {
    const plain = qrTerminal(qrMatrix(text), { colour: false });
    const rows = plain.split('\n').flatMap(line => [rowOf(line, '▀█'), rowOf(line, '▄█')]);

    expect(
      scan(qrMatrix(text).size, (row, column) => rows[row + quietZone]?.[column + quietZone] === true),
    ).toBe(text);
    expect(qrTerminal(qrMatrix(text)).replace(/\u001b\[[\d;]*m/g, '')).toBe(plain);
  });

  test('is still read when a part of it is stained', () => {
    const { size, isDark } = qrMatrix(text);
    const middle = Math.floor(size / 2);
    const stained = (row: number, column: number) =>
      Math.hypot(row - middle, column - middle) < size / 7 ? false : isDark(row, column);

    expect(scan(size, stained)).toBe(text);
  });

  test('is at least 35 mm wide on paper, and wider when it holds more', () => {
    expect(qrMillimetresOnPaper(qrMatrix('HC1:'))).toBe(35);
    expect(qrMillimetresOnPaper(qrMatrix('A'.repeat(1400)))).toBeGreaterThan(50);
  });

  test('refuses what its mode cannot hold', () => {
    expect(() => qrMatrix('lower case')).toThrow();
    expect(() => qrMatrix('A'.repeat(2421))).toThrow();
  });
});

function rowOf(line: string, darkSigns: string): boolean[] {
  return [...line].map(sign => darkSigns.includes(sign));
}

/** Paints the code, four pixels a module with its quiet zone, and lets jsQR read it. */
function scan(size: number, isDark: (row: number, column: number) => boolean): string | undefined {
  const side = (size + 2 * quietZone) * 4;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let at = 0; at < side * side; at++) {
    const [row, column] = [Math.floor(at / side / 4) - quietZone, Math.floor((at % side) / 4) - quietZone];
    if (isDark(row, column)) pixels.fill(0, at * 4, at * 4 + 3);
  }
  return jsQR(pixels, side, side)?.data;
}
