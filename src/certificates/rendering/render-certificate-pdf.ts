import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { qrMatrix, qrMillimetresOnPaper, qrSvg, quietZone } from '../../codecs';
import type { CertificateView } from './certificate-view';
import { inertText } from './inert-text';

/** Scripts that the page can set; a country with another adds its font package here and in the template's list. */
const fontPackages = [
  'noto-sans',
  'noto-sans-bengali',
  'noto-sans-devanagari',
  'noto-sans-arabic',
  'noto-sans-ethiopic',
];
const fontWeights = ['400Regular', '600SemiBold'];

/**
 * Typst keeps results of earlier pages; those not used for this many renderings are dropped. About 0.15 MB a page stays
 * with the native library all the same, so long print runs belong in a process that is renewed now and then.
 */
const keptRenderings = 8;

let typesetter: { compiler: NodeCompiler; template: string } | undefined;

/**
 * Sets a certificate on A4, accessible (PDF/UA-1) and with its fonts inside. A letter of a script that no font here
 * has is printed as an empty box, and the page is then an ordinary PDF. The same view always gives the same bytes. The
 * view is handed to the template as data and never as markup, so no text in it can do anything.
 * Throws when the view's QR text is too long for a code, or the typesetter refuses the page.
 */
export function renderCertificatePdf(view: CertificateView): Uint8Array {
  const { compiler } = (typesetter ??= openTypesetter());
  try {
    const page = laidOut(view, 'one');
    const document = page.numOfPages === 1 ? page : laidOut(view, 'more');
    return pdfOf(compiler, document);
  } finally {
    compiler.evictCache(keptRenderings);
  }
}

function laidOut(view: CertificateView, pages: 'one' | 'more'): NodeTypstDocument {
  const { compiler, template } = (typesetter ??= openTypesetter());
  const qr = JSON.stringify(printedQr(view.qrText));
  const inputs = { view: JSON.stringify(view, inert), qr, pages };
  const compiled = compiler.compile({ mainFileContent: template, inputs });
  if (!compiled.result) throw new Error('The typesetter refused the page');
  return compiled.result;
}

function pdfOf(compiler: NodeCompiler, document: NodeTypstDocument): Uint8Array {
  try {
    return compiler.pdf(document, { pdfStandard: 'ua-1' });
  } catch {
    return compiler.pdf(document); // PDF/UA forbids a letter that no font has; a name with one must be printed all the same
  }
}

function openTypesetter() {
  const fontPaths = fontPackages.flatMap(name => {
    const folder = dirname(require.resolve(`@expo-google-fonts/${name}/package.json`));
    return fontWeights.map(weight => join(folder, weight));
  });
  const compiler = NodeCompiler.create({ workspace: __dirname, fontArgs: [{ fontPaths }] });
  return { compiler, template: readFileSync(join(__dirname, 'certificate.typ'), 'utf8') };
}

function inert(_: string, value: unknown): unknown {
  return typeof value === 'string' ? inertText(value) : value;
}

/** The picture of the code and its side in millimetres, both with the quiet zone. */
function printedQr(text: string): { svg: string; side: number } {
  const matrix = qrMatrix(text);
  const side = (qrMillimetresOnPaper(matrix) * (matrix.size + 2 * quietZone)) / matrix.size;
  return { svg: qrSvg(matrix), side };
}
