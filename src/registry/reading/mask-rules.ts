/** A name as somebody may see it who has yet to prove that she knows the person: the first letter of each word. */
export const maskName = (name: string): string =>
  name
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => `${firstGrapheme(word)}•••`)
    .join(' ');

/** A phone number with its last two digits readable. */
export const maskPhone = (e164: string): string => '•'.repeat(Math.max(0, e164.length - 2)) + e164.slice(-2);

/** The first letter with its marks, which in many scripts is more than one character. */
const firstGrapheme = (word: string): string =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)][0]?.segment ?? '';
