import { LIMITS } from './limits';

/** Texts that were looked at and are not over the limit: the same few documents are sent again and again. */
const REMEMBERED = 500;
const fine = new Set<string>();

/**
 * Whether brackets stand inside each other deeper than is served. Looked at before anything is parsed: what graphql-js says
 * about a value of the wrong type costs it the square of how deep the value is. Texts and comments are passed over.
 */
export function isNestedTooDeep(text: string): boolean {
  if (fine.has(text)) return false;
  if (deepestOf(text) > LIMITS.nesting) return true;
  if (fine.size < REMEMBERED) fine.add(text);
  return false;
}

/** A block string, a string, a comment, or one bracket; none of them can match for longer than the text is. */
const PARTS = /"""(?:\\"""|[^"]|"(?!""))*(?:"""|$)|"(?:\\.|[^"\\\n])*(?:"|$)?|#[^\n\r]*|[[\]{}()]/g;

function deepestOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [part] of text.matchAll(PARTS)) {
    if ('[{('.includes(part)) deepest = Math.max(deepest, ++depth);
    else if (')}]'.includes(part)) depth--;
    if (deepest > LIMITS.nesting) break;
  }
  return deepest;
}
