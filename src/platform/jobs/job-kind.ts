import type { Context } from '../context';
import type { UnitOfWork } from '../database';

/** Where a job stands. */
export type JobState = 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** What a kind of job knows of the job at hand. */
export interface JobAtHand<Parameters> {
  id: string;
  parameters: Parameters;
}

/** One part of a job, before or between its slices. */
export interface JobPart<Cursor> {
  /** Where the next slice begins. */
  cursor: Cursor;
  /** How much there is to do in it, in whatever the job counts, e.g. persons; null when nobody knows. */
  total: number | null;
}

/** What a slice came to. */
export interface SliceDone<Cursor> {
  /** Where the next slice begins; null when the part is finished. */
  cursor: Cursor | null;
  /** How much was done in this slice. */
  done: number;
}

/**
 * A kind of long work. Parameters and cursor hold ids and codes only, never personal data.
 *
 * Everything a slice writes in `work` is committed together with its cursor: a slice happens once, whenever and however
 * a process dies. It should take about a second; the transaction may idle for less than half a minute. What it computes
 * in this process must leave the event loop to others every 50 ms.
 */
export interface JobKind<Parameters extends object, Cursor> {
  /** Asked for by itself, once each day of the country's own. */
  daily?: boolean;
  /** Cuts the work into parts that go side by side. Runs once, as the job's first slice. No parts: nothing to do. */
  plan(ctx: Context, work: UnitOfWork, job: JobAtHand<Parameters>): Promise<JobPart<Cursor>[]>;
  /** Does the next piece of a part. An `AppError` ends the job as failed with its code; other errors are tried again. */
  slice(
    ctx: Context,
    work: UnitOfWork,
    job: JobAtHand<Parameters> & { part: number; cursor: Cursor },
  ): Promise<SliceDone<Cursor>>;
  /** Runs once, with the last slice of the last part, in its transaction. */
  finish?(ctx: Context, work: UnitOfWork, job: JobAtHand<Parameters>): Promise<void>;
}
