/**
 * Letters of the scripts that names are most often written in, as Latin letters: enough to tell that two spellings
 * may be one name, never to be shown. Vowel marks matter little, since names of different scripts are compared by
 * their consonants.
 */

/**
 * The Indic blocks of Unicode are laid out alike (after ISCII), so one table by offset serves them all: Devanagari,
 * Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam.
 */
const INDIC_FIRST = 0x0900;
const INDIC_LAST = 0x0d7f;
const INDIC: Readonly<Record<number, string>> = Object.fromEntries([
  ...letters(0x01, 'n n h'), // candrabindu, anusvara, visarga
  ...letters(0x05, 'a a i i u u ri l e e e ai o o o au'),
  ...letters(0x15, 'k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'),
  ...letters(0x3e, 'a i i u u ri ri e e e ai o o o au'),
  ...letters(0x58, 'k kh g z r rh f y'),
]);

const ARABIC = new Map([
  ...pairs('ا أ إ آ ٱ ى ء ئ ؤ', 'a a a a a a a a a'),
  ...pairs('ب پ ت ث ٹ ج چ ح خ د ذ ڈ ر ز ڑ ژ س ش ص ض', 'b p t s t j ch h kh d z d r z r zh s sh s d'),
  ...pairs('ط ظ ع غ ف ق ک ك گ ل م ن ں و ه ہ ھ ة ي ی ے', 't z a g f k k k g l m n n w h h h h y y y'),
]);

const CYRILLIC = new Map([
  ...pairs('а б в г д е ё ж з и й к л м н о п р', 'a b v g d e e zh z i y k l m n o p r'),
  ...pairs(
    'с т у ф х ц ч ш щ ъ ы ь э ю я і ї є ґ ғ қ ң ө ү ұ',
    's t u f kh ts ch sh sh _ y _ e yu ya i i e g g k n o u u',
  ),
]);

const GREEK = new Map(
  pairs(
    'α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω',
    'a v g d e z i th i k l m n x o p r s s t i f kh ps o',
  ),
);

/** A lower-case text with its letters in Latin where its script is known here; other characters stay. */
export function latinLetters(text: string): string {
  return Array.from(text, latinOf).join('');
}

function latinOf(character: string): string {
  const point = character.codePointAt(0)!;
  if (point >= INDIC_FIRST && point <= INDIC_LAST) return INDIC[point % 0x80] ?? '';
  return ARABIC.get(character) ?? CYRILLIC.get(character) ?? GREEK.get(character) ?? character;
}

function letters(from: number, latin: string): [number, string][] {
  return latin.split(' ').map((letter, i) => [from + i, letter]);
}

function pairs(own: string, latin: string): [string, string][] {
  const to = latin.split(' ');
  return own.split(' ').map((letter, i) => [letter, (to[i] ?? '').replace('_', '')]);
}
