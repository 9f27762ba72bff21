import type { Schedule } from '../../../forecasting';

/** Where in a schedule something stands, in the words of whoever keeps the programme. */
export interface SchedulePlace {
  readonly antigen?: string;
  /** Name of the series. */
  readonly series?: string;
  /** Number of the target dose, from 1. */
  readonly dose?: number;
  /** What is left of the way below that, list items counted from 1, e.g. `ages/1/minimum`. */
  readonly field?: string;
}

/** Reads a JSON pointer into a schedule, e.g. `/antigens/0/series/1/doses/2/ages/0/minimum`. */
export function placeIn(schedule: Schedule | undefined, pointer: string): SchedulePlace {
  const parts = pointer.split('/').slice(1);
  const antigen = parts[0] === 'antigens' ? schedule?.antigens[Number(parts[1])] : undefined;
  if (!antigen) return named({ field: fieldOf(parts) });
  const series = parts[2] === 'series' ? antigen.series[Number(parts[3])] : undefined;
  if (!series) return named({ antigen: antigen.code, field: fieldOf(parts.slice(2)) });
  const inDose = parts[4] === 'doses' && parts[5] !== undefined;
  return named({
    antigen: antigen.code,
    series: series.name,
    dose: inDose ? Number(parts[5]) + 1 : undefined,
    field: fieldOf(parts.slice(inDose ? 6 : 4)),
  });
}

const fieldOf = (parts: readonly string[]): string | undefined =>
  parts.length === 0
    ? undefined
    : parts.map(part => (/^\d+$/.test(part) ? String(Number(part) + 1) : part)).join('/');

/** Without what is not known: an absent property says so. */
function named(place: { [K in keyof SchedulePlace]: SchedulePlace[K] | undefined }): SchedulePlace {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}
