import { randomInt } from 'node:crypto';

/** Characters of ISO 7064 MOD 37,36, in the order of their values. */
const VALUES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Those of them that nobody takes for another when read aloud or from a worn print. */
const PLAIN = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 12;

/**
 * A number for people to read out: the country, eleven random characters and a check character (ISO 7064 MOD 37,36),
 * as `XX-7K3M-9QX2-D4TC`. It names a certificate and proves nothing: no facts are told for it.
 */
export function newCertificateNumber(country: string): string {
  for (;;) {
    const random = Array.from({ length: LENGTH - 1 }, () => PLAIN[randomInt(PLAIN.length)]).join('');
    const check = checkCharacter(country + random);
    if (PLAIN.includes(check)) return [country, ...(random + check).match(/.{4}/g)!].join('-');
  }
}

/** Whether a text is a certificate number without a slip in it. */
export function isCertificateNumber(text: string): boolean {
  if (!/^[A-Z]{2}(-[0-9A-Z]{4}){3}$/.test(text)) return false;
  const characters = text.replaceAll('-', '');
  return checkCharacter(characters.slice(0, -1)) === characters.at(-1);
}

/** The check character of ISO 7064 MOD 37,36 for characters `0-9A-Z`. */
export function checkCharacter(characters: string): string {
  const product = Array.from(characters).reduce(
    (p, character) => (((p + VALUES.indexOf(character)) % 36 || 36) * 2) % 37,
    36,
  );
  return VALUES[(37 - product) % 36]!;
}
