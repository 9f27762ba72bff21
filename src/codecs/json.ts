import { CodecFault, guarded, step } from './verdict';

/** Deeper than any certificate nests: a FHIR bundle with its extensions comes to about fifteen. */
const maxDepth = 40;

/**
 * Reads JSON of strangers. Throws a `json` fault when it is none or nests deeper than any certificate, so that whoever
 * walks the value may recurse. Call it with a text whose length is bounded.
 */
export function readJson(text: string): unknown {
  mustBeShallow(text);
  return step('json', () => JSON.parse(text) as unknown);
}

/** As {@link readJson}; undefined when there is none to be read, which no JSON is. */
export function tryReadJson(text: string): unknown {
  const read = guarded(() => ({ outcome: 'read' as const, value: readJson(text) }));
  return read.outcome === 'read' ? read.value : undefined;
}

/** Whether a value of JSON is an object: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const [quote, backslash] = ['"', '\\'].map(sign => sign.charCodeAt(0));
const opening = new Set(['[', '{'].map(sign => sign.charCodeAt(0)));
const closing = new Set([']', '}'].map(sign => sign.charCodeAt(0)));

function mustBeShallow(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (inString && sign === backslash) at++;
    else if (sign === quote) inString = !inString;
    else if (!inString && opening.has(sign) && ++depth > maxDepth) throw new CodecFault('json', 'too deep');
    else if (!inString && closing.has(sign)) depth--;
  }
}
