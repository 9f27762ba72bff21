/** What means something in a text of JSON, and among it what PostgreSQL does not store: U+0000 and half a surrogate pair. */
const ESCAPES = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/**
 * A value as JSON that PostgreSQL takes, whatever texts strangers send: U+FFFD stands for what it would not store. A text
 * that only spells such an escape has two backslashes there, and stays as it is.
 */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value).replace(ESCAPES, (escape, what: string) => (what.length > 1 ? '\ufffd' : escape));
