/** The shortest password taken (NIST SP 800-63B §3.1.1.2); the longest bounds the work of hashing. */
export const PASSWORD_LENGTH = { min: 12, max: 128 };

/** Letters that must be left when everything obvious has been taken out of a password. */
const LEAST_OWN = 6;
/** Parts of an owner's address shorter than this say nothing about her. */
const LEAST_OF_ADDRESS = 4;

/**
 * What passwords found in breaches are made of, in the order in which it is taken out: long before short. Twelve
 * characters shut out nearly every common password as it stands; what remains are these, written twice or counted up.
 */
const OBVIOUS = [
  'administrator',
  'vaccination',
  'immunisation',
  'immunization',
  'passphrase',
  'qwertyuiop',
  'asdfghjkl',
  'basketball',
  'changeme',
  'computer',
  'football',
  'iloveyou',
  'internet',
  'ministry',
  'password',
  'princess',
  'sunshine',
  'superman',
  'tikasetu',
  'vaccine',
  'welcome',
  'default',
  'dragon',
  'health',
  'letmein',
  'master',
  'monkey',
  'qwerty',
  'secret',
  'shadow',
  'zxcvbnm',
  'access',
  'azerty',
  'login',
  'hello',
  'admin',
  'guest',
  'trustno',
  'pass',
  'root',
  'test',
  'user',
  'love',
];

/** Digits and signs that are written for letters. */
const WRITTEN_FOR: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[0134570@$!]/g, sign => WRITTEN_FOR[sign]!);

/**
 * What is wrong with a password, as a key of the texts; null when it is taken. No other rules (NIST SP 800-63B §3.1.1.2).
 * `local` are words that anybody would try where its owner works: the country's names, the service's addresses.
 */
export function faultOfPassword(
  password: string,
  email: string,
  local: readonly string[] = [],
): string | null {
  if (password.length < PASSWORD_LENGTH.min || password.length > PASSWORD_LENGTH.max)
    return 'validation.passwordLength';
  if (partsOf(email).some(part => letters(password).includes(part))) return 'validation.passwordOfAddress';
  const words = [...OBVIOUS, ...local.flatMap(wordsIn)];
  return ownLetters(password, words) < LEAST_OWN ? 'validation.passwordCommon' : null;
}

const partsOf = (email: string): string[] =>
  [email, ...email.split(/[@._+-]/).slice(0, -1)]
    .map(letters)
    .filter(part => part.length >= LEAST_OF_ADDRESS);

/** The words of a text that say something, as a password could have them; long before short, as they are taken out. */
const wordsIn = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(word => word.length >= LEAST_OF_ADDRESS)
    .sort((one, other) => other.length - one.length);

/** How many different characters are left of a password without `words`, runs (`abcd`, `4321`) and repetitions. */
function ownLetters(password: string, words: readonly string[]): number {
  const bare = [...words, ...words.map(letters)].reduce(
    (left, word) => left.replaceAll(word, ' '),
    withoutRuns(password.toLowerCase()),
  );
  const written = words.reduce((left, word) => left.replaceAll(word, ' '), letters(bare));
  return new Set(Array.from(written.replace(/[\s\p{P}\p{S}]/gu, ''))).size;
}

/** Without three or more characters that are alike, or count up or down. */
function withoutRuns(text: string): string {
  const codes = Array.from(text, sign => sign.codePointAt(0)!);
  const inRun = codes.map(() => false);
  for (let at = 2; at < codes.length; at++) {
    const step = codes[at]! - codes[at - 1]!;
    if (Math.abs(step) <= 1 && step === codes[at - 1]! - codes[at - 2]!) inRun.fill(true, at - 2, at + 1);
  }
  return Array.from(text, (sign, at) => (inRun[at] ? ' ' : sign)).join('');
}
