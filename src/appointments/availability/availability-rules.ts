import type { Pool } from '../../facilities';
import { freeIn } from '../appointment-rules';

interface Count {
  pool: Pool;
  capacity: number;
  held: number;
  booked: number;
}

export interface FreeBookable {
  /** Null: every dose alike. */
  doseNumber: number | null;
  free: number;
}

/** Free places of a session as the public sees them; those kept for assisted booking are nobody else's to count. */
export interface SessionAvailability {
  places: FreeBookable[];
  /** For the dose asked about, or in all. */
  free: number;
  walkInFree: number;
}

/** The one way in which free places are counted, whoever asks and however: by area, postal code, point or facility. */
export function availabilityOf(pools: readonly Count[], doseNumber: number | null): SessionAvailability {
  const places = pools
    .filter(({ pool }) => pool === 'any' || pool.startsWith('dose-'))
    .map(count => ({
      doseNumber: count.pool === 'any' ? null : Number(count.pool.slice(5)),
      free: freeIn(count),
    }))
    .sort((a, b) => (a.doseNumber ?? 0) - (b.doseNumber ?? 0));
  const asked = places.filter(
    place => doseNumber === null || place.doseNumber === null || place.doseNumber === doseNumber,
  );
  const walkIn = pools.find(({ pool }) => pool === 'walk-in');
  return {
    places,
    free: asked.reduce((sum, place) => sum + place.free, 0),
    walkInFree: walkIn ? freeIn(walkIn) : 0,
  };
}
