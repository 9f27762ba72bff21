import { createHash, randomInt } from 'node:crypto';

/**
 * One-time codes: six digits, five minutes, five guesses for a number in a quarter of an hour whatever is re-sent; and how
 * many may be asked for in that time, by who asks. A network has many people behind it, an address a household or a clinic.
 */
export const CODE_RULES = {
  digits: 6,
  lastsSeconds: 300,
  windowSeconds: 900,
  guesses: 5,
  sendsPerPhone: 5,
  sendsPerDevice: 10,
  sendsPerAddress: 30,
  sendsPerNetwork: 300,
};

/** By which way a code goes: written, or read aloud to who cannot read it or has a telephone that takes no texts. */
export type CodeChannel = 'SMS' | 'VOICE';

export const newCode = (): string =>
  String(randomInt(10 ** CODE_RULES.digits)).padStart(CODE_RULES.digits, '0');

/** What is stored of a code: bound to its request, so that equal codes do not look equal. */
export const hashOfCode = (requestId: string, code: string): Buffer =>
  createHash('sha256').update(`${requestId}\0${code}`).digest();

/** What happened in the window, by number and by who asks. */
export interface RecentTries {
  sends: number;
  sendsFromDevice: number;
  sendsFromAddress: number;
  sendsFromNetwork: number;
  guesses: number;
}

/** Whether another code may be sent to a number, given what happened in the window. */
export const maySend = (recent: RecentTries): boolean =>
  recent.sends < CODE_RULES.sendsPerPhone &&
  recent.sendsFromDevice < CODE_RULES.sendsPerDevice &&
  recent.sendsFromAddress < CODE_RULES.sendsPerAddress &&
  recent.sendsFromNetwork < CODE_RULES.sendsPerNetwork &&
  recent.guesses < CODE_RULES.guesses;

/** A code as it is read aloud: one digit after the other. */
export const spoken = (code: string): string => Array.from(code).join(', ');
