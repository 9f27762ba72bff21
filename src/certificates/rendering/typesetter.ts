import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { qrMatrix, qrMillimetresOnPaper, qrSvg, quietZone } from '../../codecs';
import { inertJson, openTypesetter } from '../../platform/typesetting';
import type { CertificateView } from './certificate-view';

/**
 * Typst keeps results of earlier pages; those that none of the last so many has used are dropped. About 0.15 MB a
 * page stays with the native library all the same, so long print runs belong in a process that is renewed now and
 * then.
 */
const keptRenderings = 8;

/** A way to set certificates: a Typst file of this folder. */
type Layout = 'certificate' | 'wallet';

let compiler: NodeCompiler | undefined;
let renderings = 0;
const templates = new Map<Layout, string>();

/**
 * Sets certificates one after another as one PDF, accessible (PDF/UA-1) and with its fonts inside. A letter of a script
 * that no font here has is printed as an empty box, and the whole is then an ordinary PDF. The same views always give the
 * same bytes. Views are handed to the template as data and never as markup, so no text in them can do anything.
 * Throws when a view's QR text is too long for a code, or the typesetter refuses the page.
 */
export function pdfOf(layout: Layout, views: readonly CertificateView[]): Uint8Array {
  return typeset(layout, views, (typesetter, document) => {
    try {
      return typesetter.pdf(document, { pdfStandard: 'ua-1' });
    } catch {
      return typesetter.pdf(document); // PDF/UA forbids a letter that no font has; a name with one must be printed all the same
    }
  });
}

/** The same as a picture, its letters drawn. */
export function svgOf(layout: Layout, views: readonly CertificateView[]): string {
  return typeset(layout, views, (typesetter, document) => typesetter.plainSvg(document));
}

function typeset<T>(
  layout: Layout,
  views: readonly CertificateView[],
  draw: (typesetter: NodeCompiler, document: NodeTypstDocument) => T,
): T {
  const typesetter = (compiler ??= openTypesetter(__dirname));
  try {
    const document = laidOut(typesetter, layout, views, 'one');
    return draw(
      typesetter,
      document.numOfPages === views.length ? document : laidOut(typesetter, layout, views, 'more'),
    );
  } finally {
    typesetter.resetShadow();
    // Looking what may be dropped costs as much as a tenth of a page
    if (++renderings % keptRenderings === 0) typesetter.evictCache(1);
  }
}

/**
 * Texts and codes come as files and not as inputs of the page: what Typst has worked out with other inputs it works out
 * anew. `qr.side`: of the picture of the code with its quiet zone, in millimetres.
 */
function laidOut(
  typesetter: NodeCompiler,
  layout: Layout,
  views: readonly CertificateView[],
  pages: 'one' | 'more',
): NodeTypstDocument {
  const place = (name: string, content: string): void =>
    typesetter.mapShadow(join(__dirname, name), Buffer.from(content));
  const certificates = views.map((view, at) => {
    const matrix = qrMatrix(view.qrText);
    const file = `code-${at}.svg`;
    place(file, qrSvg(matrix));
    const side = (qrMillimetresOnPaper(matrix) * (matrix.size + 2 * quietZone)) / matrix.size;
    return { view, qr: { file, side } };
  });
  place('certificates.json', inertJson({ certificates, pages }));
  const { result } = typesetter.compile({ mainFileContent: templateOf(layout) });
  if (!result) throw new Error('The typesetter refused the page');
  return result;
}

function templateOf(layout: Layout): string {
  const known = templates.get(layout) ?? readFileSync(join(__dirname, `${layout}.typ`), 'utf8');
  templates.set(layout, known);
  return known;
}
