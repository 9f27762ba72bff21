import { labelCodes, type LabelCodes } from './label-codes';
import type { LabelView } from './label-view';

/** Dots of a millimetre at 203 dots an inch, which label printers have. */
const MM = 8;
const MARGIN = 6 * MM;

/**
 * Labels in ZPL II for a printer of 203 dots an inch and paper of 105 × 148 mm. The printer makes the codes itself, so they
 * are sharp. Names are UTF-8; a printer without a script's letters prints the hub's code beside them.
 */
export const labelZpl = (views: readonly LabelView[]): string => views.map(one).join('');

function one({ unit, from, to, next, words }: LabelView): string {
  const codes = labelCodes(unit);
  return [
    '^XA^CI28', // UTF-8
    `^PW${105 * MM}^LL${148 * MM}`,
    text(MARGIN, 6 * MM, 3, words.from),
    text(MARGIN, 10 * MM, 4, `${from.name}  ${from.code}`),
    text(MARGIN, 17 * MM, 3, words.to),
    text(MARGIN, 21 * MM, 6, `${to.name}  ${to.code}`),
    ...(next
      ? [text(MARGIN, 31 * MM, 3, words.next), text(MARGIN, 35 * MM, 4, `${next.name}  ${next.code}`)]
      : []),
    text(MARGIN, 43 * MM, 4, words.temperature),
    square(codes.square),
    text(MARGIN, 92 * MM, 5, codes.human),
    bars(codes.bars),
    '^XZ\n',
  ].join('\n');
}

/** A line of text, cut off at the square. Sizes are millimetres. */
const text = (x: number, y: number, height: number, said: string): string =>
  `^FO${x},${y}^A0N,${height * MM},${height * MM}^FB${60 * MM},1^FH_^FD${escaped(said)}^FS`;

/** Everything but plain letters and digits as `_` and two digits: no name can begin a command of the printer's. */
const escaped = (said: string): string =>
  [...Buffer.from(said.replaceAll(/\p{Cc}/gu, ' '), 'utf8')]
    .map(byte => String.fromCharCode(byte))
    .map(letter =>
      /[A-Za-z0-9 ]/.test(letter) ? letter : `_${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .join('');

/** ECC 200. `_1` is FNC1, by which a reader knows a GS1 code. */
const square = ({ symbology, text: said }: LabelCodes['square']): string =>
  `^FO${72 * MM},${6 * MM}^BXN,9,200,,,,_^FD${symbology === 'gs1datamatrix' ? `_1${digitsOf(said)}` : said.replaceAll('_', '__')}^FS`;

/** In subset C with FNC1 first for GS1-128; else as the printer finds best (mode A). */
function bars(code: LabelCodes['bars']): string {
  if (code === null) return '';
  const at = `^FO${8 * MM},${104 * MM}^BY${barOf(code.modules)}^BCN,${34 * MM},N,N,N`;
  return code.symbology === 'gs1-128'
    ? `${at},N^FD>;>8${digitsOf(code.text)}^FS`
    : `${at},A^FD${code.text}^FS`;
}

/** Dots of the narrowest bar: 0.5 mm where that fits. */
const barOf = (modules: number): number => Math.min(4, Math.floor((93 * MM) / (modules + 20)));

const digitsOf = (bracketed: string): string => bracketed.replaceAll(/[()]/g, '');
