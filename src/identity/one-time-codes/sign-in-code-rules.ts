import { createHash, randomInt } from 'node:crypto';

/** One-time codes: six digits, five minutes, five guesses for a number in a quarter of an hour whatever is re-sent. */
export const CODE_RULES = {
  digits: 6,
  lastsSeconds: 300,
  windowSeconds: 900,
  guesses: 5,
  sendsPerPhone: 5,
  sendsPerAddress: 30,
};

export const newCode = (): string =>
  String(randomInt(10 ** CODE_RULES.digits)).padStart(CODE_RULES.digits, '0');

/** What is stored of a code: bound to its request, so that equal codes do not look equal. */
export const hashOfCode = (requestId: string, code: string): Buffer =>
  createHash('sha256').update(`${requestId}\0${code}`).digest();

export interface RecentTries {
  sends: number;
  sendsFromAddress: number;
  guesses: number;
}

/** Whether another code may be sent to a number, given what happened in the window. */
export const maySend = (recent: RecentTries): boolean =>
  recent.sends < CODE_RULES.sendsPerPhone &&
  recent.sendsFromAddress < CODE_RULES.sendsPerAddress &&
  recent.guesses < CODE_RULES.guesses;
