/** What a page cannot show: control characters, noncharacters, line ends. */
const unprintable = /[\p{Cc}\u2028\u2029\ufffe\uffff]+/gu;
/** Overrides and isolates of UAX #9, with which a name could turn its neighbours around. */
const directionOverrides = /[\u202a-\u202e\u2066-\u2069]/gu;
const halfCharacters = /\p{Cs}/gu;

/**
 * A text made safe to set: one line, nothing unprintable, no hidden changes of direction. Joiners stay, since Bengali,
 * Persian and others are not spelled without them.
 */
export function inertText(text: string): string {
  return text.replace(unprintable, ' ').replace(directionOverrides, '').replace(halfCharacters, '\ufffd');
}
