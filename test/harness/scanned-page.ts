import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BinaryBitmap,
  GlobalHistogramBinarizer,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import jsQR from 'jsqr';

/** Whether poppler-utils are here, which draw and read pages. */
export function hasPoppler(): boolean {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Gives the page as a file. */
export function withPdf<T>(pdf: Uint8Array, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const file = join(folder, 'certificate.pdf');
    writeFileSync(file, pdf);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Raster {
  grey: Uint8ClampedArray;
  width: number;
  height: number;
}

/** The upper part of the first page as a printer of this resolution sets it. */
function rasterOf(pdf: Uint8Array, dotsPerInch: number): Raster {
  return withPdf(pdf, file => {
    const upperPart = ['-x', '0', '-y', '0', '-W', String(dotsPerInch * 9), '-H', String(dotsPerInch * 4)];
    execFileSync('pdftoppm', ['-r', String(dotsPerInch), ...upperPart, '-gray', '-singlefile', file, file]);
    const picture = readFileSync(`${file}.pgm`);
    const [head, width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(picture.toString('latin1', 0, 40))!;
    const grey = new Uint8ClampedArray(picture.subarray(head.length));
    return { grey, width: Number(width), height: Number(height) };
  });
}

/** Looks for a QR code anywhere on the page. */
function scannedByJsQr({ grey, width, height }: Raster): string | undefined {
  const pixels = new Uint8ClampedArray(grey.length * 4).map((_, at) => grey[at >> 2]!);
  return jsQR(pixels, width, height)?.data;
}

/**
 * As {@link scannedByJsQr}, by the port of ZXing. It misjudges the size of the modules in one picture of ten, so it gets
 * several, as from a phone that is held nearer and farther.
 */
function scannedByZxing(pdf: Uint8Array): string | undefined {
  for (const dotsPerInch of [150, 170, 190, 200, 220]) {
    const { grey, width, height } = rasterOf(pdf, dotsPerInch);
    const source = new RGBLuminanceSource(grey, width, height);
    for (const binarizer of [new HybridBinarizer(source), new GlobalHistogramBinarizer(source)])
      try {
        return new QRCodeReader().decode(new BinaryBitmap(binarizer)).getText();
      } catch {
        continue; // the next look
      }
  }
  return undefined;
}

/** What two readers of different makers find on the printed page, each by itself. */
export const scannedByTwo = (pdf: Uint8Array): (string | undefined)[] => [
  scannedByJsQr(rasterOf(pdf, 150)),
  scannedByZxing(pdf),
];
