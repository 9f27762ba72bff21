import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inertJson, openTypesetter } from '../../platform/typesetting';
import { barsPicture, labelCodes, squarePicture } from './label-codes';
import type { LabelView } from './label-view';

/**
 * Millimetres of the narrowest bar: within what GS1 asks of a logistic label (0.495 to 0.94; GenSpecs 5.12.3.5) where
 * it fits.
 */
const WIDEST_BAR = 0.5;
/** Millimetres between the margins, less the quiet zones of ten modules on both sides. */
const WIDTH = 93;
/** Typst keeps results of earlier pages; those not used for this many renderings are dropped. */
const KEPT_RENDERINGS = 4;

let typesetter: ReturnType<typeof openTypesetter> | undefined;
let template: string | undefined;

/** Labels as one PDF, a page of A6 (105 × 148 mm) each. Throws when the typesetter refuses it. */
export function labelPdf(views: readonly LabelView[]): Uint8Array {
  typesetter ??= openTypesetter(__dirname);
  template ??= readFileSync(join(__dirname, 'label.typ'), 'utf8');
  try {
    const inputs = { labels: inertJson(views.map(drawn)) };
    const { result } = typesetter.compile({ mainFileContent: template, inputs });
    if (!result) throw new Error('The typesetter refused the label');
    return typesetter.pdf(result);
  } finally {
    typesetter.evictCache(KEPT_RENDERINGS);
  }
}

function drawn(view: LabelView): object {
  const { bars, square, human } = labelCodes(view.unit);
  return {
    ...view,
    human,
    square: squarePicture(square),
    bars: bars && barsPicture(bars),
    width: bars && bars.modules * Math.min(WIDEST_BAR, WIDTH / (bars.modules + 20)),
  };
}
