import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { decode as decodeJpeg } from 'jpeg-js';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { create } from 'qrcode';
import type { QrLayout } from '../../../src/codecs/smart-health-card';

interface Picture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** Reads the QR code in a picture (PNG, JPEG, SVG) with an independent reader; undefined when it finds none. */
export function readQrPicture(file: string): QrLayout | undefined {
  const picture = pictureIn(file);
  for (const scale of [1, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2]) {
    const { data, width, height } = scale === 1 ? picture : scaled(picture, scale);
    const code = jsQR(data, width, height);
    if (!code) continue;
    const smallestVersion = create(code.data, { errorCorrectionLevel: 'L' }).version;
    return {
      text: code.data,
      version: code.version,
      modes: code.chunks.map(({ type }) => type),
      smallestVersion,
    };
  }
  return undefined;
}

function pictureIn(file: string): Picture {
  const bytes = readFileSync(file);
  if (extname(file) === '.svg') return painted(bytes.toString());
  const { data, width, height } = extname(file) === '.png' ? PNG.sync.read(bytes) : decodeJpeg(bytes);
  return { data: new Uint8ClampedArray(data), width, height };
}

/** A picture of another size, each pixel its nearest: what readers do with one that is hard to read. */
function scaled({ data, width, height }: Picture, scale: number): Picture {
  const [w, h] = [Math.floor(width * scale), Math.floor(height * scale)];
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(w * h);
  for (let at = 0; at < to.length; at++) {
    to[at] = from[Math.floor(Math.floor(at / w) / scale) * width + Math.floor((at % w) / scale)]!;
  }
  return { data: new Uint8ClampedArray(to.buffer), width: w, height: h };
}

const pixelsAModule = 6;

/** Paints the SVG of a QR code as `qrcode` draws it: strokes one unit wide, `M x y`, `m dx dy`, `h length`. */
function painted(svg: string): Picture {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]);
  const strokes = /stroke="#000000" d="([^"]+)"/.exec(svg)![1]!;
  const width = side * pixelsAModule;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, command, first, second] of strokes.matchAll(/([Mmh])\s*(-?[\d.]+)[ ,]?(-?[\d.]+)?/g)) {
    if (command === 'M') [x, y] = [Number(first), Number(second)];
    else if (command === 'm') [x, y] = [x + Number(first), y + Number(second)];
    else {
      darken({ data, width, height: width }, x, Math.floor(y), Number(first));
      x += Number(first);
    }
  }
  return { data, width, height: width };
}

function darken({ data, width }: Picture, column: number, row: number, length: number): void {
  for (let line = row * pixelsAModule; line < (row + 1) * pixelsAModule; line++) {
    const from = line * width + column * pixelsAModule;
    for (let at = from; at < from + length * pixelsAModule; at++) data.fill(0, at * 4, at * 4 + 3);
  }
}
