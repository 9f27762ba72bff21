const MEANT = /["\\]/;
const EACH_MEANT = /["\\]/g;

const isText = (one: unknown): one is string => typeof one === 'string';
const isPlain = (one: unknown): boolean => isText(one) && !MEANT.test(one);
const quoted = (text: string | null): string =>
  text === null ? 'NULL' : `"${MEANT.test(text) ? text.replace(EACH_MEANT, '\\$&') : text}"`;

/** A list of texts as PostgreSQL writes an array, whatever its elements are of there; nothing as NULL. */
export function textArray(texts: readonly (string | null)[]): string {
  if (texts.length === 0) return '{}';
  return texts.every(isPlain) ? `{"${texts.join('","')}"}` : `{${texts.map(quoted).join(',')}}`;
}

/** A parameter as it is handed to pg: lists of texts written here, which pg writes an element at a time. */
export const asParameter = (param: unknown): unknown =>
  Array.isArray(param) && param.every(one => one === null || isText(one)) ? textArray(param) : param;
