import {
  type ApplicationIdentifier,
  type Component,
  compare,
  findAi,
  maximumLength,
  minimumLength,
} from './ai-dictionary';
import { type CheckName, type PrefixRegister, runCheck } from './checks';

/** One value with its application identifier, as `(10) ABC123`. */
export interface Element {
  ai: string;
  value: string;
}

/** Why a text is no GS1 data. The English is that of GS1's own engine, for engineers and for comparing logs. */
export interface Gs1Fault {
  message: string;
  /** For a fault of content: `(AI)before|fault|after` of the component. */
  markup: string;
}

/** How strictly GS1 data is read. */
export interface ReadingOptions {
  /** Whether AIs must stand with those that they need and without those that they exclude; yes unless told otherwise. */
  pairings?: boolean;
  /** Whether AIs that are not in the dictionary are let through. */
  unknownAis?: boolean;
  /** Asked for each company prefix; without one, every prefix is taken as issued. */
  register?: PrefixRegister;
}

/** An element with what the dictionary knows of its AI. */
export interface Known extends Element {
  entry: ApplicationIdentifier;
}

/** Carries a fault from the step that found it to the door of the codec, which answers it. */
export class Gs1Error extends Error {
  constructor(
    message: string,
    readonly markup = '',
  ) {
    super(message);
  }
}

/** Runs the steps of a reading and answers its fault, if any; other errors are ours and go on. */
export function answer<T extends object>(read: () => T): ({ ok: true } & T) | { ok: false; fault: Gs1Fault } {
  try {
    return { ok: true, ...read() };
  } catch (error) {
    if (error instanceof Gs1Error)
      return { ok: false, fault: { message: error.message, markup: error.markup } };
    throw error;
  }
}

/** GS1 data holds at most this many AIs and characters: a reader is bounded whatever it is given. */
export const maxElements = 64;
export const maxCharacters = 8192;

/** Refuses a value that is too short or too long for its AI before its content is looked at. */
export function checkLength({ ai, value, entry }: Known): void {
  if (value.length < minimumLength(entry)) throw new Gs1Error(`AI (${ai}) value is too short`);
  if (value.length > maximumLength(entry)) throw new Gs1Error(`AI (${ai}) value is too long`);
  if (value.includes('^')) throw new Gs1Error(`AI (${ai}) contains illegal ^ character`);
}

const setChecks: Record<Component['set'], CheckName> = {
  N: 'csetnumeric',
  X: 'cset82',
  Y: 'cset39',
  Z: 'cset64',
};

/** Checks the start of a text as the value of an AI, component by component. Answers how many characters those take. */
export function checkContent(
  entry: ApplicationIdentifier,
  ai: string,
  text: string,
  register?: PrefixRegister,
): number {
  if (!text) throw new Gs1Error(`AI (${ai}) data is empty`);
  let at = 0;
  for (const component of entry.components) {
    const part = text.slice(at, at + component.max);
    if (component.optional && !part) continue;
    if (part.length < component.min) throw new Gs1Error(`AI (${ai}) data has incorrect length`);
    for (const name of [setChecks[component.set], ...component.checks]) {
      const found = runCheck(name, part, register);
      if (!found) continue;
      const from = at + found.at;
      const to = from + found.length;
      const markup = `(${ai})${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to, at + part.length)}`;
      throw new Gs1Error(`AI (${ai}): ${found.message}`, markup);
    }
    at += part.length;
  }
  return at;
}

/** Refuses AIs that may not stand together, lack what they need, or contradict each other (General Specifications 4.14). */
export function checkPairings(elements: readonly Known[]): void {
  const sorted = [...elements].sort((a, b) => compare(a.ai, b.ai));
  const matching = (pattern: string, not: string) => sorted.find(({ ai }) => ai !== not && fits(ai, pattern));
  for (const { ai, entry } of sorted)
    for (const excluded of entry.excludes) {
      const other = matching(excluded, ai);
      if (other) throw new Gs1Error(`It is invalid to pair AI (${ai}) with AI (${other.ai})`);
    }
  for (const { ai, entry } of sorted)
    for (const groups of entry.requires) {
      const satisfied = groups.some(group => group.every(one => matching(one, ai)));
      const wanted = groups.map(group => group.join('+')).join(',');
      if (!satisfied) throw new Gs1Error(`Required AIs for AI (${ai}) are not satisfied: ${wanted}`);
    }
  sorted.forEach(({ ai, value }, at) => {
    const next = sorted[at + 1];
    if (next?.ai === ai && next.value !== value)
      throw new Gs1Error(`Multiple instances of AI (${ai}) have different values`);
  });
  checkSignedKeys(sorted);
}

/** A digital signature (8030) is of one thing, so the key that it stands with must carry its serial. */
function checkSignedKeys(sorted: readonly Known[]): void {
  if (!sorted.some(({ ai }) => ai === '8030')) return;
  const bare = sorted.find(
    ({ ai, value, entry }) => ['253', '255', '8003'].includes(ai) && value.length === minimumLength(entry),
  );
  if (bare)
    throw new Gs1Error(`Serial component must be present for AI (${bare.ai}) when used with AI (8030)`);
}

/** Whether an AI is one that the pattern means: its digits, then `n` for any digit. */
function fits(ai: string, pattern: string): boolean {
  const digits = pattern.replace(/n+$/, '');
  return ai.length === pattern.length && ai.startsWith(digits);
}

/** Elements as GS1 prints them for engineers: `(01)09520123456788(10)ABC`; a bracket in a value is escaped. */
export function toBracketed(elements: readonly Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');
}

/**
 * Elements as they stand in a barcode, `^` for FNC1: one first, and one after each value whose length is not known
 * beforehand, but not at the end (General Specifications 7.8).
 */
export function toElementString(elements: readonly Element[]): string {
  return elements.reduce((text, { ai, value }, at) => {
    const before = elements[at - 1];
    const separated = !before || !findAi(before.ai, true)?.fixed;
    return `${text}${separated ? '^' : ''}${ai}${value}`;
  }, '');
}

/** Elements as printed under a barcode for people, each `(01) 09520123456788` (General Specifications 4.15). */
export function toHumanReadable(elements: readonly Element[]): string[] {
  return elements.map(({ ai, value }) => `(${ai}) ${value}`);
}
