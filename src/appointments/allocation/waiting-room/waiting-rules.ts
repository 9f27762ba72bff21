/** How fast people are let in. */
export interface Pace {
  perMinute: number;
  /** How many may be let in at one moment after a quiet time. */
  burst: number;
}

/** Where somebody is in the line. */
export interface InLine {
  /** From 1; 0 when she may go in. */
  position: number;
  ahead: number;
  etaMinutes: number;
}

const MINUTE = 60_000;

/**
 * Where whoever is let in at an instant is in the line now. People are let in one by one at the pace, so the time that is
 * left says how many are before her; some of them may not come, never more.
 */
export function inLine(admittedFrom: Date, now: Date, { perMinute }: Pace): InLine {
  const left = admittedFrom.getTime() - now.getTime();
  if (left <= 0) return { position: 0, ahead: 0, etaMinutes: 0 };
  const position = Math.ceil((left * perMinute) / MINUTE);
  return { position, ahead: position - 1, etaMinutes: Math.ceil(left / MINUTE) };
}

/** How long a place in the line takes, in milliseconds. */
export const intervalOf = ({ perMinute }: Pace): number => MINUTE / perMinute;
