/**
 * The part of regular expressions that a country pack may use: letters, digits, `\d`, classes such as `[A-Z0-9]`,
 * `?`, `{n}`, `{n,m}`, groups `(?:…|…)` one level deep, and `|`. No `*`, `+`, back-reference or look-around, and no
 * repeated group, so that no text can make the matcher run away (ReDoS): the ways to match are bounded below.
 */
const ATOM = String.raw`(?:[A-Za-z0-9 /_-]|\\[d./-]|\[(?:[A-Za-z0-9](?:-[A-Za-z0-9])?|\\[d./-]| )+\])`;
const TERM = String.raw`${ATOM}(?:\?|\{\d{1,2}(?:,\d{1,2})?\})?`;
const TERMS = `(?:${TERM})+`;
const GROUP = String.raw`\(\?:${TERMS}(?:\|${TERMS})*\)\??`;
const SEQUENCE = `(?:${TERM}|${GROUP})+`;
const SAFE = new RegExp(String.raw`^${SEQUENCE}(?:\|${SEQUENCE})*$`);

const MAX_LENGTH = 200;
/** Each range multiplies the ways to match by its width, each other choice by two: at most 100² × 2⁶. */
const MAX_RANGES = 2;
const MAX_CHOICES = 6;

/** Whether a pattern is within the subset, compiles, and leaves the matcher at most a few choices to come back to. */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > MAX_LENGTH || !SAFE.test(pattern)) return false;
  const ranges = pattern.match(/\{\d+,/g)?.length ?? 0;
  const choices = pattern.match(/\?(?!:)|\|/g)?.length ?? 0;
  return ranges <= MAX_RANGES && choices <= MAX_CHOICES && compiles(pattern);
}

function compiles(pattern: string): boolean {
  try {
    return wholePattern(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The pattern as one that must match the whole text. Only for patterns that {@link isSafePattern} let through. */
export function wholePattern(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
