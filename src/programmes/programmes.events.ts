import { factType } from '../platform/events';

/** Another pack is in force from now on: what was forecast under the one before may no longer hold. */
export const programmeCameIntoForce = factType<{
  packId: string;
  /** The pack that was in force until now; null for a country's first. */
  previousPackId: string | null;
}>('programmes.programme-came-into-force');
