import { factType } from '../platform/events';

/** A dose was given and recorded. Aggregate: the person. */
export const doseRecorded = factType<{ personId: string; vaccinationId: string; facilityId: string }>(
  'vaccinations.dose-recorded',
);

/** What was recorded of a dose is now said otherwise; `replaces` is no longer true. Aggregate: the person. */
export const doseCorrected = factType<{ personId: string; vaccinationId: string; replaces: string }>(
  'vaccinations.dose-corrected',
);

/** A recorded dose is not true. `vaccinationId` is the dose as it last stood. Aggregate: the person. */
export const doseVoided = factType<{ personId: string; vaccinationId: string; voidId: string }>(
  'vaccinations.dose-voided',
);

/** A dose was due and not given. Aggregate: the person. */
export const doseNotDone = factType<{ personId: string; notDoneId: string; facilityId: string }>(
  'vaccinations.dose-not-done',
);

/** Somebody tried to record a dose for a person who is dead (LESSONS R-28). Aggregate: the person. */
export const doseForDeceasedRefused = factType<{ personId: string; facilityId: string }>(
  'vaccinations.dose-for-deceased-refused',
);
