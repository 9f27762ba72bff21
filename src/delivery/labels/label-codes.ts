import { raw, toSVG } from 'bwip-js/node';
import { toHumanReadable } from '../../codecs/gs1';
import { parseS10, printedS10 } from '../../codecs/s10';

/** What is printed on a label to be read by a machine, and by people when no machine can. */
export interface LabelCodes {
  /** The bars: GS1-128 of an SSCC, else Code 128; null for a code too long for the label. */
  bars: { symbology: 'gs1-128' | 'code128'; text: string; modules: number } | null;
  /** The square: GS1 DataMatrix of an SSCC, else Data Matrix. */
  square: { symbology: 'gs1datamatrix' | 'datamatrix'; text: string };
  /** As it is printed beside them. */
  human: string;
}

const SSCC = /^00\d{18}$/;
/** Modules that fit on the label at the narrowest bar that hand scanners read well (0.33 mm), quiet zones left out. */
const MOST_MODULES = 270;

/**
 * How a unit's code is printed: an SSCC by the GS1 logistic label (GS1 General Specifications 5.4 and 6.6), an S10
 * number in Code 128 with its spaces below (UPU S10), a network's own code in Code 128 where it fits.
 */
export function labelCodes(unit: string): LabelCodes {
  if (SSCC.test(unit)) {
    const text = `(00)${unit.slice(2)}`;
    const [human] = toHumanReadable([{ ai: '00', value: unit.slice(2) }]);
    return {
      bars: barsOf('gs1-128', text),
      square: { symbology: 'gs1datamatrix', text },
      human: human!,
    };
  }
  const s10 = parseS10(unit);
  return {
    bars: barsOf('code128', unit),
    square: { symbology: 'datamatrix', text: unit },
    human: s10.ok ? printedS10(s10.item) : unit,
  };
}

function barsOf(symbology: 'gs1-128' | 'code128', text: string): LabelCodes['bars'] {
  const drawn = raw({ bcid: symbology, text })[0] as { sbs: number[] };
  const modules = drawn.sbs.reduce((sum, width) => sum + width, 0);
  return modules > MOST_MODULES ? null : { symbology, text, modules };
}

/** Bars as an SVG picture, and a square as one; without a quiet zone, which the label leaves. */
export const barsPicture = ({ symbology, text }: NonNullable<LabelCodes['bars']>): string =>
  toSVG({ bcid: symbology, text, scale: 1, height: 32 });
export const squarePicture = ({ symbology, text }: LabelCodes['square']): string =>
  toSVG({ bcid: symbology, text, scale: 1 });
