import { LIMITS } from '../limits';

/**
 * Texts that were looked at lately and are not over a limit: the same few documents are sent again and again. So many
 * characters of them, the oldest forgotten first: whoever sends many once does not keep out those that come again.
 */
const REMEMBERED = 1024 * 1024;
const fine = new Set<string>();
let remembered = 0;

function remember(text: string): void {
  fine.add(text);
  remembered += text.length;
  for (const oldest of fine) {
    if (remembered <= REMEMBERED) return;
    fine.delete(oldest);
    remembered -= oldest.length;
  }
}

/**
 * Whether a document is longer, deeper or more crowded than is served: what a look at its characters says, before anything
 * is parsed or validated. graphql-js reads a value nested n levels deep in n² steps, and says of each thing that is wrong
 * where it stands; this costs one pass and stops at the first limit. Texts and comments are passed over.
 */
export function isTooLarge(text: string): boolean {
  if (text.length > LIMITS.characters) return true;
  if (fine.has(text)) return false;
  if (isOverLimit(text)) return true;
  remember(text);
  return false;
}

/** A block string, a string, a comment, a name or number, or one mark; none can match for longer than the text is. */
const PARTS =
  /"""(?:\\"""|[^"]|"(?!""))*(?:"""|$)|"(?:\\.|[^"\\\n])*(?:"|$)?|#[^\n\r]*|[\w-][\w.+-]*|\.{3}|[[\]{}()@:$!=|&]/g;

function isOverLimit(text: string): boolean {
  const seen = { tokens: 0, aliases: 0, directives: 0, definitions: 0 };
  let [depth, rounds] = [0, 0]; // brackets of any kind that are open, and of those the round ones
  for (const [part] of text.matchAll(PARTS)) {
    if (part.startsWith('#')) continue;
    seen.tokens++;
    if ('[{('.includes(part)) depth++;
    if (')}]'.includes(part)) depth--;
    if (part === '(') rounds++;
    if (part === ')') rounds--;
    if (part === '}' && depth === 0) seen.definitions++;
    if (part === '@') seen.directives++;
    if (part === ':' && rounds === 0) seen.aliases++; // of arguments and variables, the colons stand in round brackets
    if (depth > LIMITS.nesting) return true;
    if (LIMITED.some(name => seen[name] > LIMITS[name])) return true;
  }
  return false;
}

const LIMITED = ['tokens', 'aliases', 'directives', 'definitions'] as const;

/**
 * Whether variables hold more values than any input has, or are nested deeper than any input is. Each value is coerced
 * twice before its input can say that its list is too long; and what walks them recursively must not run out of stack.
 */
export function areTooMany(variables: unknown): boolean {
  let level = [variables];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > LIMITS.nesting) return true;
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
      seen += inner.length;
      if (seen > LIMITS.values) return true;
      for (const one of inner) below.push(one);
    }
    level = below;
  }
  return false;
}

/** Whether a value of JSON is nested deeper than anything that is taken: whoever walks it may recurse after this. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > LIMITS.nesting) return true;
    level = level.flatMap(one => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
