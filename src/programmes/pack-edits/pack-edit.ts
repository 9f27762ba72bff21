import type { CivilDate } from '../../common';
import type {
  AntigenCode,
  Duration,
  IntervalFrom,
  PreferableVaccine,
  SeriesSelection,
  Sex,
  Source,
  Text,
  VaccineCode,
} from '../../forecasting';
import type { GoldenCase, PackProduct } from '../country-pack';

/**
 * What is not given stays as it is, and what is given as null is taken away. A thing that is new has only what is
 * given.
 */
type Changes<T> = { readonly [K in keyof T]?: T[K] | null };

/** The target dose's age window (CDSi: absolute minimum, minimum, earliest and latest recommended, maximum age). */
export interface AgeChanges extends Changes<{
  absoluteMinimum: Duration;
  minimum: Duration;
  earliestRecommended: Duration;
  latestRecommended: Duration;
  maximum: Duration;
}> {
  /** Id of the schedule's source that the ages now given were taken from. Absent: the schedule's first. */
  readonly source?: string;
}

/** An interval of a target dose; there is one from each event. */
export interface IntervalChanges extends Changes<{
  absoluteMinimum: Duration;
  minimum: Duration;
  earliestRecommended: Duration;
  latestRecommended: Duration;
  override: boolean;
}> {
  readonly from: IntervalFrom;
  /** True: among the allowable intervals (CDSi 6.6), not the preferable ones (6.5). */
  readonly allowable?: boolean;
  readonly source?: string;
}

export interface DoseChanges extends Changes<{
  title: Text;
  /** CDSi preferable vaccines: all of them. */
  vaccines: readonly PreferableVaccine[];
  /** CDSi allowable vaccines: all of them. */
  allowableVaccines: readonly {
    readonly vaccine: VaccineCode;
    readonly beginAge?: Duration;
    readonly endAge?: Duration;
  }[];
  recurring: boolean;
  season: { readonly from: CivilDate; readonly to?: CivilDate };
}> {
  /** Laid over the age rule in force (the last one). */
  readonly age?: AgeChanges;
  /** Each laid over the interval from the same event, or added. */
  readonly intervals?: readonly IntervalChanges[];
}

/** A series by its name; `select` is laid over what it has, `doses` are all of its doses. */
export interface SeriesChanges extends Changes<{
  title: Text;
  vaccineGroup: string;
  type: string;
  requiredSex: readonly Sex[];
  select: Changes<SeriesSelection>;
  doses: readonly DoseChanges[];
}> {
  readonly name: string;
}

/** Doses of these series; the antigens of a combined vaccine have a series each and change together. */
interface InSeries {
  readonly series: readonly string[];
}

/** Every verb with which a draft is edited, and what each takes. `set…` adds or changes, `retire…` takes out. */
export interface PackEdits {
  setVersion: {
    readonly pack?: string;
    readonly schedule?: string;
    readonly effectiveFrom?: CivilDate;
    readonly title?: Text;
  };
  setSource: Source;
  setProduct: Changes<Omit<PackProduct, 'code' | 'antigens'>> & { readonly code: string };
  retireProduct: { readonly code: string };
  setVaccine: Changes<{
    name: Text;
    antigens: readonly {
      readonly antigen: AntigenCode;
      readonly beginAge?: Duration;
      readonly endAge?: Duration;
    }[];
  }> & {
    readonly code: VaccineCode;
    /** Codes of other systems that are read as this vaccine (CDSi: CVX map). Added to those there are. */
    readonly codes?: readonly { readonly system: string; readonly code: string }[];
  };
  retireVaccine: { readonly code: VaccineCode };
  setVaccineGroup: Changes<{
    name: Text;
    antigens: readonly AntigenCode[];
    administerFullGroup: boolean;
  }> & {
    readonly code: string;
    /** Whether people are forecast for it, where the programme offers only some groups. */
    readonly offered?: boolean;
  };
  retireVaccineGroup: { readonly code: string };
  setAntigen: Changes<{ name: Text }> & {
    readonly code: AntigenCode;
    readonly series?: readonly SeriesChanges[];
  };
  retireAntigen: { readonly code: AntigenCode };
  setSeries: SeriesChanges & { readonly antigen: AntigenCode };
  retireSeries: { readonly name: string };
  /** `at`: the number it gets, those after it move on by one. Absent: the last. */
  addDose: InSeries & DoseChanges & { readonly at?: number };
  changeDose: InSeries & DoseChanges & { readonly number: number };
  retireDose: InSeries & { readonly number: number };
  setInterval: InSeries & IntervalChanges & { readonly dose: number };
  retireInterval: InSeries & {
    readonly dose: number;
    readonly from: IntervalFrom;
    readonly allowable?: boolean;
  };
  setGoldenCase: Changes<Omit<GoldenCase, 'name'>> & { readonly name: string };
  retireGoldenCase: { readonly name: string };
}

/** One edit: exactly one of the verbs. */
export type PackEdit = { [Verb in keyof PackEdits]: { readonly [V in Verb]: PackEdits[V] } }[keyof PackEdits];
