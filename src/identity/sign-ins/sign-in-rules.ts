import type { ActorKind } from '../../platform/context';

/** Why a sign-in ended before its time. */
export type EndedFor =
  'SIGNED_OUT' | 'DISPLACED' | 'SIGNED_OUT_BY_ADMIN' | 'SUSPENDED' | 'SIGNED_OUT_BY_ISSUER';

/** By which issuer of the ministry a sign-in came. */
export interface CameByIssuer {
  issuerId: string;
  subject: string;
  /** The issuer's own name for the session that she has there (`sid`); null when it gives none. */
  session: string | null;
}

/**
 * How many sign-ins of one account stand at once; one more ends the oldest. One person has one account, with a desk, a
 * tablet and a telephone; an account that a whole clinic shares keeps throwing its own people out (LESSONS L20).
 */
export const mostAtOnce = (kind: ActorKind): number => MOST_AT_ONCE[kind] ?? 5;

/** A partner's program runs on many machines, each with a token of its own. */
const MOST_AT_ONCE: Partial<Record<ActorKind, number>> = { citizen: 10, partner: 50 };

/** Longest name of a device that is kept, in characters. */
const DEVICE_LENGTH = 120;

/** What a calling program says of itself (User-Agent), as it is kept: printable ASCII, cut short. */
export function deviceName(userAgent: string | undefined): string | null {
  const name = userAgent
    ?.replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, DEVICE_LENGTH);
  return name || null;
}
