/** A text for people by language tag (BCP 47), e.g. `{"en": "Measles", "fr": "Rougeole"}`. Never compared. */
export type TextByLanguage = Readonly<Record<string, string>>;

/** What a language falls back to when a text is missing in it, in order. */
export type Fallbacks = Readonly<Record<string, readonly string[]>>;

const MAX_RANGES = 50;
const RANGE =
  /^\s*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/;

/**
 * The languages in which to look for a text, best first, never empty. Each language range of the header (RFC 9110
 * section 12.5.4) is matched by the lookup of RFC 4647 section 3.4, then followed by its own fallbacks; the default
 * comes last. What is not a language range is ignored: a browser must not be able to break a page by its header.
 */
export function negotiate(
  acceptLanguage: string | undefined,
  languages: readonly string[],
  defaultLanguage: string,
  fallbacks: Fallbacks = {},
): string[] {
  const chain = new Set<string>();
  const add = (code: string): void => {
    if (chain.has(code)) return;
    chain.add(code);
    if (Object.hasOwn(fallbacks, code)) fallbacks[code]?.forEach(add);
  };
  for (const range of rangesOf(acceptLanguage ?? '')) {
    const found = range === '*' ? defaultLanguage : lookUp(range, languages);
    if (found !== undefined) add(found);
  }
  add(defaultLanguage);
  return [...chain];
}

/** The text in the first language of the chain that has one; undefined when none has. */
export function pickText(texts: TextByLanguage, chain: readonly string[]): string | undefined {
  const language = chain.find(code => Object.hasOwn(texts, code) && texts[code] !== '');
  return language === undefined ? undefined : texts[language];
}

function rangesOf(header: string): string[] {
  return header
    .split(',', MAX_RANGES)
    .map(part => RANGE.exec(part))
    .filter(match => match !== null)
    .map(([, range = '', quality = '1']) => ({ range, quality: Number(quality) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

/** `zh-Hant-CN` looks for itself, then `zh-Hant`, then `zh`; a single letter never ends a range (RFC 4647, 3.4). */
function lookUp(range: string, languages: readonly string[]): string | undefined {
  const parts = range.toLowerCase().split('-');
  for (; parts.length > 0; parts.pop()) {
    while (parts.length > 1 && parts.at(-1)?.length === 1) parts.pop();
    const found = languages.find(code => code.toLowerCase() === parts.join('-'));
    if (found !== undefined) return found;
  }
  return undefined;
}
