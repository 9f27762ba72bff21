/** Letters that are more than a base and a mark (ICAO 9303-3, section 6). */
const LETTERS: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'OE',
  Å: 'AA',
  Þ: 'TH',
  Ð: 'D',
  Đ: 'D',
  Ħ: 'H',
  Ł: 'L',
  Ŀ: 'L',
  Ŋ: 'N',
  ẞ: 'SS',
  Ŧ: 'T',
  ĸ: 'Q',
  Ə: 'E',
};

/**
 * A name in the letters A to Z as a passport's machine-readable zone has it, words divided by `<` (ICAO 9303-3, section
 * 6); null for a name in another script: how that is written in Latin letters is in the passport, and not ours to guess.
 */
export function machineReadable(name: string): string | null {
  const letters = Array.from(name.toUpperCase().normalize('NFC'))
    .map(letter => LETTERS[letter] ?? letter.normalize('NFD').replace(/\p{Mark}/gu, ''))
    .join('');
  const words = letters
    .replace(/[’'`´.,]/g, '')
    .split(/[\s\-–<]+/)
    .filter(Boolean);
  const text = words.join('<');
  return /^[A-Z<]+$/.test(text) ? text.slice(0, 80) : null;
}
