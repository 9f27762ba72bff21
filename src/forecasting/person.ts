import type { CivilDate } from '../common';
import type { Sex } from './schedule/schedule-format';

/** What the engine must know about a person. The caller has already decided which records are hers. */
export interface Person {
  readonly birthDate: CivilDate;
  readonly sex: Sex;
  readonly doses: readonly DoseGiven[];
  readonly observations?: readonly ObservationGiven[];
  /** As the schedule writes it; only birth-date immunity asks for it (CDSi 7.2). */
  readonly countryOfBirth?: string;
}

/** A vaccine dose administered. */
export interface DoseGiven {
  /** Comes back on its evaluations. Doses of one day are taken in the order of their ids (UUIDv7: as recorded). */
  readonly id: string;
  /** A code of the schedule, or of a system that the schedule's vocabulary maps. */
  readonly vaccineCode: string;
  readonly date: CivilDate;
  /** `YYYY-MM-DD`, or `YYYY-MM` for the last day of that month (CALCDTLOTEXP-1). */
  readonly lotExpiry?: string;
  /** Why the dose itself was unfit (recall, cold-chain break, …). Any text makes it sub-standard (CDSi 6.1). */
  readonly condition?: string;
  readonly tradeName?: string;
  readonly manufacturer?: string;
  readonly volumeMl?: number;
}

/** A fact about the person that holds on the day asked about (CDSi: active patient observation, adverse reaction). */
export interface ObservationGiven {
  /** A code of the schedule, or one that its observations or vocabulary map. */
  readonly code: string;
  /** Code system of `code`, where it is not the schedule's own. */
  readonly system?: string;
  /** The day it began or happened. Needed by intervals that are counted from it. */
  readonly date?: CivilDate;
}
