import { create, type QRCodeOptions, type QRCodeSegment } from 'qrcode';

/** White modules around the code, without which readers do not find it (ISO/IEC 18004 section 9.1). */
export const quietZone = 4;

/** A QR code as a square of modules, without its quiet zone. */
export interface QrMatrix {
  /** Modules along one side. */
  size: number;
  /** Whether this module is dark; outside the code nothing is. */
  isDark(row: number, column: number): boolean;
}

/**
 * ISO/IEC 18004 would have all eight masks tried for the one with the fewest awkward patterns. A certificate is
 * compressed and signed, so as good as random, and any mask suits it; trying them costs five times the code itself.
 */
const maskPattern = 2;

/**
 * Lays a text out as a QR code in alphanumeric mode with error correction Q, a quarter of it may be torn or stained
 * (HCERT 4.2.2). Throws when the text is not upper-case alphanumeric or longer than 2420 characters.
 */
export function qrMatrix(text: string): QrMatrix {
  return matrixOf([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q', maskPattern });
}

/** The largest version that phones read from the screen of another. */
const maxHealthCardVersion = 22;

/**
 * Lays the text of a SMART Health Card out as a QR code: `shc:/` as bytes, then digits, at the lowest error correction
 * (SMART Health Cards Framework, "Creating a QR code"). Throws when it needs a version above 22, that is when the card's
 * JWS is longer than 1195 characters.
 */
export function healthCardQr(text: string): QrMatrix {
  const digitsAt = text.lastIndexOf('/') + 1;
  const segments: QRCodeSegment[] = [
    { data: Buffer.from(text.slice(0, digitsAt)), mode: 'byte' },
    { data: text.slice(digitsAt), mode: 'numeric' },
  ];
  const matrix = matrixOf(segments, { errorCorrectionLevel: 'L', maskPattern });
  if (matrix.size > 17 + 4 * maxHealthCardVersion)
    throw new RangeError('The card is too long for one QR code');
  return matrix;
}

function matrixOf(segments: QRCodeSegment[], options: QRCodeOptions): QrMatrix {
  const { size, data } = create(segments, options).modules;
  const isInside = (index: number) => index >= 0 && index < size;
  return {
    size,
    isDark: (row, column) => isInside(row) && isInside(column) && data[row * size + column] === 1,
  };
}

/**
 * The code as an SVG picture with its quiet zone, one unit a module; scales without blur. Bars are strokes of one module's
 * width: two points each instead of four corners, which is a quarter of the time to set a printed certificate.
 */
export function qrSvg(matrix: QrMatrix): string {
  const side = matrix.size + 2 * quietZone;
  const path = horizontalRuns(matrix)
    .map(({ row, column, length }) => `M${column + quietZone} ${row + quietZone + 0.5}h${length}`)
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="none" stroke="#000" d="${path}"/></svg>`
  );
}

const blackOnWhite = '\u001b[38;5;16;48;5;231m';
const reset = '\u001b[0m';
const halves = [' ', '▄', '▀', '█'] as const;

/**
 * The code as lines of text with two modules in a character, to be photographed from a terminal. Colours are set so
 * that it reads on a dark terminal too; `colour: false` leaves them out, for a file.
 */
export function qrTerminal(matrix: QrMatrix, { colour = true } = {}): string {
  const from = -quietZone;
  const to = matrix.size + quietZone;
  const lines: string[] = [];
  for (let row = from; row < to; row += 2) {
    let line = '';
    for (let column = from; column < to; column++) {
      line += halves[(matrix.isDark(row, column) ? 2 : 0) + (matrix.isDark(row + 1, column) ? 1 : 0)];
    }
    lines.push(colour ? blackOnWhite + line + reset : line);
  }
  return lines.join('\n');
}

/** Dark modules that stand side by side, as one bar: a tenth of the shapes, and no hairlines between them. */
function horizontalRuns(matrix: QrMatrix): { row: number; column: number; length: number }[] {
  const runs: { row: number; column: number; length: number }[] = [];
  for (let row = 0; row < matrix.size; row++) {
    for (let column = 0; column < matrix.size; column++) {
      if (!matrix.isDark(row, column)) continue;
      const start = column;
      while (matrix.isDark(row, column)) column++;
      runs.push({ row, column: start, length: column - start });
    }
  }
  return runs;
}

/**
 * Side of the code on paper in millimetres, without the quiet zone: 0.4 mm a module, which an ordinary phone reads from
 * a 300 dpi print at arm's length, and never below the 35 mm that HCERT 4.2.2 recommends.
 */
export function qrMillimetresOnPaper(matrix: QrMatrix): number {
  return Math.max(35, matrix.size * 0.4);
}
