import type { InputFault } from '../../platform/errors';

/** What a device says of a dose. Times are instants by the device's own clock. */
export interface OfflineDose {
  clientId: string;
  personId: string;
  facilityId: string;
  sessionId?: string | null;
  lotId: string;
  givenAt: Date;
  vaccinatorId?: string | null;
  site?: string | null;
  route?: string | null;
  presence: 'CHECKED_IN' | 'WALK_IN' | 'OVERRIDE';
  presenceReason?: string | null;
  clinicalReason?: string | null;
  /** That it is known not to be the dose that it was taken for, and why. */
  distinct?: boolean | null;
  distinctReason?: string | null;
}

/** How long after it was given a dose is taken from a device, and how near two may be one, where a country says nothing. */
export const USUAL_OFFLINE_RULE = { entryDays: 14, duplicateDays: 3 };

/** Before it no dose of anybody's was given that a device could tell of. */
const EARLIEST = Date.UTC(2000, 0, 1);
const TEXT = { least: 3, most: 300 };

/** What cannot be about a dose, whoever it was given to; null when nothing. `givenAt` is by our clock. */
export function faultOf(dose: OfflineDose, givenAt: Date, receivedAt: Date): InputFault | null {
  if (givenAt > receivedAt) return { path: 'givenAt', message: 'validation.dateInFuture' };
  if (!(givenAt.getTime() >= EARLIEST)) return { path: 'givenAt', message: 'vaccinations.invalid.clock' };
  if ((dose.distinct ?? false) !== !!dose.distinctReason)
    return { path: 'distinctReason', message: 'vaccinations.invalid.distinctReason' };
  for (const path of ['presenceReason', 'clinicalReason', 'distinctReason'] as const) {
    const text = dose[path];
    if (text && (text.length < TEXT.least || text.length > TEXT.most))
      return { path, message: 'validation.isLength' };
  }
  return null;
}

/** What a client id stands for. That a dose is another one than it was taken for is no part of it: it is said later. */
export const contentOf = (dose: OfflineDose): Record<string, unknown> => ({
  personId: dose.personId,
  facilityId: dose.facilityId,
  sessionId: dose.sessionId ?? null,
  lotId: dose.lotId,
  givenAt: dose.givenAt.toISOString(),
  vaccinatorId: dose.vaccinatorId ?? null,
  site: dose.site ?? null,
  route: dose.route ?? null,
  presence: dose.presence,
  presenceReason: dose.presenceReason ?? null,
  clinicalReason: dose.clinicalReason ?? null,
});
