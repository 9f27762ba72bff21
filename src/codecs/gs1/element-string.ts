import { aiAtStartOf, findAi } from './ai-dictionary';
import {
  answer,
  checkContent,
  checkLength,
  checkPairings,
  type Element,
  Gs1Error,
  type Gs1Fault,
  type Known,
  maxCharacters,
  maxElements,
  type ReadingOptions,
} from './elements';

/** What was read, or why it could not be. */
export type Gs1Reading = { ok: true; elements: readonly Element[] } | { ok: false; fault: Gs1Fault };

/**
 * Reads an unbracketed element string with `^` for FNC1: `^0109520123456788^10ABC`. Any text is answered, never
 * thrown at.
 */
export function parseElementString(text: string, options: ReadingOptions = {}): Gs1Reading {
  return answer(() => ({ elements: bare(readElementString(text, options)) }));
}

/** Reads a bracketed element string: `(01)09520123456788(10)ABC`; `\(` is a bracket of a value. */
export function parseBracketed(text: string, options: ReadingOptions = {}): Gs1Reading {
  return answer(() => ({ elements: bare(readBracketed(text, options)) }));
}

/** As {@link parseElementString}; throws a Gs1Error. */
export function readElementString(text: string, options: ReadingOptions): Known[] {
  if (text.length > maxCharacters) throw new Gs1Error('The AI data is too long');
  if (!text.startsWith('^')) throw new Gs1Error('Missing FNC1 in first position');
  if (text.length === 1) throw new Gs1Error('The AI data is empty');
  const elements: Known[] = [];
  let at = 1;
  while (at < text.length) {
    const entry = aiAtStartOf(text.slice(at, at + 4));
    if (!entry) throw new Gs1Error(`No known AI is a prefix of: ${text.slice(at, at + 4)}...`);
    at += entry.ai.length;
    const separator = text.indexOf('^', at);
    const rest = text.slice(at, separator < 0 ? undefined : separator);
    const length = checkContent(entry, entry.ai, rest, options.register);
    if (elements.push({ ai: entry.ai, value: rest.slice(0, length), entry }) > maxElements)
      throw new Gs1Error('Too many AIs');
    if (!entry.fixed && length < rest.length) throw new Gs1Error(`AI (${entry.ai}) data is too long`);
    at += length;
    if (text.charAt(at) === '^') at++;
  }
  if (options.pairings !== false) checkPairings(elements);
  return elements;
}

function readBracketed(text: string, options: ReadingOptions): Known[] {
  if (text.length > maxCharacters) throw new Gs1Error('The AI data is too long');
  const elements: Known[] = [];
  let rest = text;
  while (rest) {
    const close = rest.indexOf(')');
    if (!rest.startsWith('(') || close < 0) throw new Gs1Error('Failed to parse AI data');
    const ai = rest.slice(1, close);
    const entry = findAi(ai, options.unknownAis);
    if (!entry) throw new Gs1Error(`Unrecognised AI: ${ai}`);
    rest = rest.slice(close + 1);
    if (!rest) throw new Gs1Error('Failed to parse AI data');
    const next = /(?<!\\)\(/.exec(rest)?.index ?? rest.length;
    const element = { ai, value: rest.slice(0, next).replaceAll('\\(', '('), entry };
    checkLength(element);
    if (elements.push(element) > maxElements) throw new Gs1Error('Too many AIs');
    rest = rest.slice(next);
  }
  if (elements.length === 0) throw new Gs1Error('The AI data is empty');
  checkElements(elements, options);
  return elements;
}

/** Checks the content of each element, then how they stand together. Throws a Gs1Error. */
export function checkElements(elements: readonly Known[], options: ReadingOptions): void {
  for (const { entry, ai, value } of elements) checkContent(entry, ai, value, options.register);
  if (options.pairings !== false) checkPairings(elements);
}

/** Elements without what the dictionary knows of them. */
export const bare = (elements: readonly Known[]): Element[] =>
  elements.map(({ ai, value }) => ({ ai, value }));
