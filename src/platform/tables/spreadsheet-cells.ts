/**
 * What a spreadsheet takes for the beginning of a formula (OWASP ASVS 5.0 1.2.10), in full width too, which some take for
 * the same, behind any apostrophes of ours.
 */
const FORMULA = /^'*[=+\-@\t\r\0＝＋－＠]/;

/** A text as a cell that no spreadsheet calculates: an apostrophe goes before what would be a formula. */
export const sheltered = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text of a cell that {@link sheltered} made; every other cell is its own text. */
export const unsheltered = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
