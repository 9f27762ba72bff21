/** Characters that a page cannot show, and those that would let a name turn its neighbours around (UAX #9 overrides). */
const controls = /[\p{Cc}\u2028\u2029\ufffe\uffff]+/gu;
const directionOverrides = /[\u202a-\u202e\u2066-\u2069]/gu;
const loneSurrogate = /\p{Cs}/gu;

/** Longer words than this have no place to break in any language, and would leave the page. */
const longestWord = 24;
const longWord = new RegExp(`\\S{${longestWord + 1},}`, 'gu');
const zeroWidthSpace = '\u200b';
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A text made safe to set: one line, no control characters, and a chance to break in words that have none. */
export function inertText(text: string): string {
  const shown = text.replace(controls, ' ').replace(directionOverrides, '').replace(loneSurrogate, '\ufffd');
  return shown.replace(longWord, breakable);
}

/** Breaks only between whole graphemes, so that no vowel sign is torn from its letter. */
function breakable(word: string): string {
  return Array.from(graphemes.segment(word), ({ segment }) => segment)
    .map((segment, at) => (at > 0 && at % longestWord === 0 ? zeroWidthSpace + segment : segment))
    .join('');
}
