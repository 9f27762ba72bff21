import { latinLetters } from './scripts';

/**
 * The words of a name as they are compared: compatibility forms and letter case folded, letters in Latin, marks and
 * punctuation dropped (Unicode Standard, chapter 3.13, and UAX 15). Any script and a single name are welcome.
 */
export function wordsOf(name: string): string[] {
  const plain = latinLetters(name.normalize('NFC').toLowerCase())
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss');
  return plain.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
}

/**
 * A word by its consonants, those that transcriptions confuse taken together, so that `Rahim`, `Roheem` and the same
 * name in another script agree. `h`, `w` and `y` come and go like vowels; a vowel at the beginning counts as `a`.
 */
export function skeletonOf(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/x/g, 'ks')
    .replace(/[cq]/g, 'k')
    .replace(/v/g, 'b')
    .replace(/z/g, 'j')
    .replace(/^[aeiouwy]/, 'a')
    .replace(/(?<=.)[aeiouwyh]/g, '')
    .replace(/(.)\1+/g, '$1');
}

/**
 * How alike two names are, 0 to 1, whatever the order of their words. Each word of the shorter name is paired with the
 * word most like it in the longer; words left over cost a little, because parts of names are often left out.
 */
export function nameSimilarity(one: string, other: string): number {
  const [few, many] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length) as [
    string[],
    string[],
  ];
  if (few.length === 0) return 0;
  const sameScript = scriptOf(one) === scriptOf(other);
  const left = [...many];
  let sum = 0;
  for (const word of few) {
    const [best, at] = mostLike(word, left, sameScript);
    sum += best;
    left.splice(at, 1);
  }
  const LEFT_OUT = 0.25;
  return sum / (few.length + LEFT_OUT * (many.length - few.length));
}

/** Words agree less surely when only their consonants could be compared. */
const BY_CONSONANTS = 0.95;

/** A word without vowels is an abbreviation, such as a name's first and last consonant. */
const ABBREVIATED = /^[^aeiouwy]+$/;

function mostLike(word: string, words: readonly string[], sameScript: boolean): [number, number] {
  return words.reduce<[number, number]>(
    ([best, at], candidate, i) => {
      const whole = sameScript && ABBREVIATED.test(word) === ABBREVIATED.test(candidate);
      const likeness = whole
        ? jaroWinkler(word, candidate)
        : BY_CONSONANTS * jaroWinkler(skeletonOf(word), skeletonOf(candidate));
      return likeness > best ? [likeness, i] : [best, at];
    },
    [0, 0],
  );
}

/** The first letter's script decides: a name is seldom written in two. */
function scriptOf(name: string): string {
  const letter = /\p{L}/u.exec(name)?.[0] ?? '';
  return SCRIPTS.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'other';
}

const SCRIPTS: readonly [string, RegExp][] = [
  ['Latn', /\p{Script=Latn}/u],
  ['Arab', /\p{Script=Arab}/u],
  ['Cyrl', /\p{Script=Cyrl}/u],
  ['Grek', /\p{Script=Grek}/u],
  ['Indic', /[\u0900-\u0d7f]/u],
];

/** Winkler 1990: agreeing letters within half the length, transpositions, and a bonus for a common beginning. */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Set<number>();
  const matched: string[] = [];
  for (let i = 0; i < one.length; i++) {
    for (let j = Math.max(0, i - reach); j <= Math.min(other.length - 1, i + reach); j++) {
      if (taken.has(j) || one[i] !== other[j]) continue;
      taken.add(j);
      matched.push(one[i]!);
      break;
    }
  }
  if (matched.length === 0) return 0;
  const inOther = [...taken].sort((a, b) => a - b).map(j => other[j]);
  const transposed = matched.filter((letter, i) => letter !== inOther[i]).length / 2;
  const m = matched.length;
  const jaro = (m / one.length + m / other.length + (m - transposed) / m) / 3;
  let common = 0;
  while (common < 4 && common < one.length && one[common] === other[common]) common++;
  return jaro + common * 0.1 * (1 - jaro);
}
