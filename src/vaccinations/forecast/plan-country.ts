import type { UnitOfWork } from '../../platform/database';
import type { JobPart } from '../../platform/jobs';
import type { PeopleToPlan } from '../../registry';

/** A stretch of the population in the order of ids: where a slice begins, and the last person of its part. */
export interface Stretch {
  after: string | null;
  until: string | null;
}

/** Persons in a part: small enough to go side by side, large enough to be worth it. */
const PART = 50_000;
const PARTS = 16;

/** Cuts the population into parts for a job. The last has no end: whoever is registered meanwhile comes after it. */
export async function planCountry(work: UnitOfWork, people: PeopleToPlan): Promise<JobPart<Stretch>[]> {
  const count = await people.count(work);
  if (count === 0) return [];
  const cuts = await people.cutInto(work, Math.min(PARTS, Math.ceil(count / PART)), count);
  const total = Math.round(count / (cuts.length + 1));
  return [...cuts, null].map((until, part) => ({
    cursor: { after: part === 0 ? null : cuts[part - 1]!, until },
    total,
  }));
}
