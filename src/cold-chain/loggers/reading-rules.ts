/** What somebody says that a logger measured. */
export interface EnteredReading {
  loggerId: string;
  at: Date;
  /** °C; null or left out where the sensor gave nothing. */
  celsius?: number | null;
}

/** Why a reading is not taken; each is a text of `cold-chain.readingFault`. */
export type ReadingFault = 'LOGGER' | 'CLOCK' | 'CELSIUS' | 'DIFFERS';

const AHEAD_MS = 2 * 60_000;
const DAY_MS = 86_400_000;
/** What is older comes as a file, or has been decided on long ago. */
const OLDEST_DAYS = 400;

/** What is wrong with a reading by itself; null when it can be. */
export function faultOf({ at, celsius }: EnteredReading, now: Date): ReadingFault | null {
  const age = now.getTime() - at.getTime();
  if (!(age >= -AHEAD_MS && age <= OLDEST_DAYS * DAY_MS)) return 'CLOCK';
  if (celsius != null && !(celsius >= -200 && celsius <= 100)) return 'CELSIUS';
  return null;
}

/** °C as they are stored: to two decimals. */
export const stored = (celsius: number | null | undefined): number | null =>
  celsius == null ? null : Math.round(celsius * 100) / 100;

/** How a logger stands by its newest value. */
export type LoggerStatus = 'NEVER_HEARD' | 'SILENT' | 'NO_VALUE' | 'IN_RANGE' | 'TOO_COLD' | 'TOO_WARM';

/** A logger is silent after it missed so many readings. */
export const MISSED = 3;

/** By the innermost limits of what is kept there; null: no limit on that side. */
export function statusOf(
  logger: { lastAt: Date | null; measuredAt: Date | null; celsius: number | null; intervalMinutes: number },
  isTooCold: (celsius: number) => boolean,
  isTooWarm: (celsius: number) => boolean,
  now: Date,
): LoggerStatus {
  const { lastAt, measuredAt, celsius, intervalMinutes } = logger;
  if (!lastAt) return 'NEVER_HEARD';
  if (now.getTime() - lastAt.getTime() > MISSED * intervalMinutes * 60_000) return 'SILENT';
  if (celsius === null || measuredAt?.getTime() !== lastAt.getTime()) return 'NO_VALUE';
  if (isTooCold(celsius)) return 'TOO_COLD';
  return isTooWarm(celsius) ? 'TOO_WARM' : 'IN_RANGE';
}
