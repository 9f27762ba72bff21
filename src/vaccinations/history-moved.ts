import { AppError } from '../platform/errors';

const TRIES = 5;

/** Somebody added a fact to the person's doses between reading them and adding ours. Nothing was written. */
export class HistoryMoved extends Error {}

/**
 * Runs `attempt`, a whole unit of work, again while the history that it decided on moves under it: what was too late
 * for one clinic is then decided on the other's dose. Throws CONFLICT when it never stands still.
 */
export async function whileHistoryMoves<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof HistoryMoved)) throw error;
    }
  }
  throw new AppError('CONFLICT');
}
