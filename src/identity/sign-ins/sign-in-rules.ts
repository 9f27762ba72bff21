import type { ActorKind } from '../../platform/context';

/** Why a sign-in ended before its time. */
export type EndedFor = 'SIGNED_OUT' | 'DISPLACED' | 'SIGNED_OUT_BY_ADMIN' | 'SUSPENDED';

/**
 * How many sign-ins of one account stand at once; one more ends the oldest. One person has one account, with a desk, a
 * tablet and a telephone; an account that a whole clinic shares keeps throwing its own people out (LESSONS L20).
 */
export const mostAtOnce = (kind: ActorKind): number => (kind === 'citizen' ? 10 : 5);

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
