import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BarcodeFormat,
  BinaryBitmap,
  Code128Reader,
  DataMatrixReader,
  DecodeHintType,
  HybridBinarizer,
  RGBLuminanceSource,
} from '@zxing/library';
import { checkDigit, parseScan } from '../../codecs/gs1';
import { makeS10 } from '../../codecs/s10';
import { unitCode } from '../../codecs/unit-codes';
import { labelCodes } from './label-codes';
import { labelPdf } from './label-pdf';
import type { LabelView } from './label-view';
import { labelZpl } from './label-zpl';

const bare = '37612345000000001';
const SSCC = `00${bare}${checkDigit(bare)}`;
const S10 = makeS10('CA', '12345678', 'SE');
const OWN = '7F3K-9QX2-M4AB';
const LONG = `SHELF/${'X'.repeat(40)}`;

const view = (unit: string, more: Partial<LabelView> = {}): LabelView => ({
  unit,
  from: { name: 'Hub North', code: 'N-1' },
  to: { name: 'কেন্দ্র দক্ষিণ', code: 'S-1' },
  next: { name: 'مركز', code: 'M-1' },
  language: 'en',
  direction: 'ltr',
  words: { from: 'From', to: 'To', next: 'Sort to', temperature: 'Keep chilled' },
  ...more,
});

/** Dots of a millimetre, as the pages are painted. */
const DOTS = 300 / 25.4;
const withPoppler = hasPoppler() ? describe : describe.skip;

withPoppler('a label on paper (skipped where poppler-utils is not installed)', () => {
  it.each([
    ['an SSCC', SSCC, ']C1'],
    ['an S10 number', S10, ''],
    ['a code of the network', OWN, ''],
  ])('of %s is read again from its bars and from its square, as that very unit', (_, unit, symbology) => {
    const page = painted(labelPdf([view(unit)]));

    const bars = read(page, { top: 95, bottom: 146, left: 0, right: 105 }, 'bars');
    const square = read(page, { top: 2, bottom: 36, left: 65, right: 99 }, 'square');

    // zxing says FNC1 in front as ]C1 of bars and as a group separator of a square.
    expect(bars).toBe(`${symbology}${unit}`);
    expect(square.replace(/^\x1d|^\]d2/, '')).toBe(unit);
    expect(unitCode(bars)).toEqual({ code: unit });
  });

  it('of a code too long for bars has its square alone', () => {
    const page = painted(labelPdf([view(LONG)]));

    expect(labelCodes(LONG).bars).toBeNull();
    expect(read(page, { top: 2, bottom: 36, left: 65, right: 99 }, 'square')).toBe(LONG);
  });
});

describe('labels', () => {
  it('have a page each, whatever a hub is called', () => {
    const hostile = '#import "x" $1^2$ *b* _i_ `c` <a> \\u{41} #panic() ^XZ~JA';
    const pdf = labelPdf([view(SSCC), view(OWN, { to: { name: hostile, code: 'H' } }), view(S10)]);

    expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Count 3\b/);
  });

  it('say an SSCC as people read it, and an S10 number with its spaces', () => {
    expect(labelCodes(SSCC).human).toBe(`(00) ${SSCC.slice(2)}`);
    expect(labelCodes(S10).human).toBe(`CA 1234 5678 ${S10[10]} SE`);
  });

  it('in ZPL give the printer the element string, with FNC1 in front', () => {
    const zpl = labelZpl([view(SSCC)]);

    const [, bars] = /\^BCN,272,N,N,N,N\^FD>;>8(\d+)\^FS/.exec(zpl)!; // subset C, FNC1
    const [, square] = /\^BXN,9,200,,,,_\^FD_1(\d+)\^FS/.exec(zpl)!;

    expect(parseScan(`]C1${bars}`)).toMatchObject({
      ok: true,
      elements: [{ ai: '00', value: SSCC.slice(2) }],
    });
    expect(square).toBe(bars);
  });

  it('in ZPL print a name and never obey it', () => {
    const named = (name: string) => labelZpl([view(OWN, { to: { name, code: 'H' } })]);

    const zpl = named('^XZ~JA_5e\nকেন্দ্র');

    expect(zpl.match(/\^XZ/g)).toHaveLength(1);
    expect(zpl).not.toContain('~');
    expect(zpl).toContain('_5eXZ_7eJA_5f5e _e0_a6_95');
  });
});

interface Picture {
  grey: Uint8ClampedArray;
  width: number;
  height: number;
}

function read(
  { grey, width }: Picture,
  box: Record<'top' | 'bottom' | 'left' | 'right', number>,
  what: 'bars' | 'square',
): string {
  const [top, bottom, left, right] = [box.top, box.bottom, box.left, box.right].map(millimetres =>
    Math.floor(millimetres * DOTS),
  ) as [number, number, number, number];
  const part = new Uint8ClampedArray((bottom - top) * (right - left));
  for (let y = top; y < bottom; y++)
    part.set(grey.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  const bitmap = new BinaryBitmap(
    new HybridBinarizer(new RGBLuminanceSource(part, right - left, bottom - top)),
  );
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.TRY_HARDER, true],
    [DecodeHintType.ASSUME_GS1, what === 'bars'],
    [DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat.CODE_128, BarcodeFormat.DATA_MATRIX]],
  ]);
  const reader = what === 'bars' ? new Code128Reader() : new DataMatrixReader();
  return reader.decode(bitmap, hints).getText();
}

/** The first page as a printer of 300 dots an inch sets it. */
function painted(pdf: Uint8Array): Picture {
  const folder = mkdtempSync(join(tmpdir(), 'label-'));
  try {
    const file = join(folder, 'label');
    writeFileSync(file, pdf);
    execFileSync('pdftoppm', ['-r', '300', '-gray', '-singlefile', file, file]);
    const picture = readFileSync(`${file}.pgm`);
    const [head, width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(picture.toString('latin1', 0, 40))!;
    const grey = new Uint8ClampedArray(picture.subarray(head.length));
    return { grey, width: Number(width), height: Number(height) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function hasPoppler(): boolean {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
