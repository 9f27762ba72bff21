import { Injectable } from '@nestjs/common';
import type { Context } from '../context';
import type { UnitOfWork } from '../database';
import type { JobPart, JobState } from './job-kind';

/** A job as those see it who wait for it. */
export interface JobRow {
  id: string;
  kind: string;
  state: JobState;
  done: number;
  /** Null as long as it is not known. */
  total: number | null;
  /** Code of what it failed with. */
  error: string | null;
  requestedByKind: string;
  requestedBy: string | null;
  requestedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** A part that this transaction alone may work on. */
export interface ClaimedPart {
  jobId: string;
  part: number;
  kind: string;
  parameters: object;
  planned: boolean;
  cursor: unknown;
  attempts: number;
}

@Injectable()
export class JobsStore {
  /** Adds a job, unless the same work is there already; the id of the one that is there afterwards. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    job: { kind: string; key: string; parameters: object },
  ): Promise<string> {
    const id = ctx.newId();
    const [made] = await work.query(
      `INSERT INTO job (id, kind, key, parameters, state, requested_by_kind, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, 'WAITING', $5, $6, $7) ON CONFLICT (kind, key) DO NOTHING RETURNING id`,
      [id, job.kind, job.key, JSON.stringify(job.parameters), ctx.actor.kind, ctx.actor.id, ctx.now()],
    );
    if (made) {
      await this.addParts(work, id, 0, [{ cursor: null, total: null }]);
      return id;
    }
    const [known] = await work.query<{ id: string }>(`SELECT id FROM job WHERE kind = $1 AND key = $2`, [
      job.kind,
      job.key,
    ]);
    return known!.id;
  }

  async addParts(
    work: UnitOfWork,
    jobId: string,
    from: number,
    parts: readonly JobPart<unknown>[],
  ): Promise<void> {
    await work.query(
      `INSERT INTO job_part (job_id, part, state, cursor, done, total, attempts, next_slice_at)
       SELECT $1, $2 + row_number() OVER () - 1, 'OPEN', p.part->'cursor', 0, (p.part->>'total')::bigint, 0, now()
       FROM jsonb_array_elements($3::jsonb) AS p(part)`,
      [jobId, from, JSON.stringify(parts)],
    );
  }

  async job(work: UnitOfWork, id: string): Promise<JobRow | null> {
    const [row] = await work.query<JobRow>(
      `SELECT j.id, j.kind, j.state, sum(p.done)::float8 AS done,
              CASE WHEN j.state <> 'WAITING' AND count(p.total) = count(*) THEN sum(p.total)::float8 END AS total,
              max(p.error) FILTER (WHERE p.state = 'FAILED') AS error, j.requested_by_kind AS "requestedByKind",
              j.requested_by AS "requestedBy", j.requested_at AS "requestedAt", j.started_at AS "startedAt",
              j.ended_at AS "endedAt"
       FROM job j JOIN job_part p ON p.job_id = j.id WHERE j.id = $1 GROUP BY j.id`,
      [id],
    );
    return row ?? null;
  }

  /**
   * The part that has waited longest of those whose time has come and on which nobody works; locked for this
   * transaction.
   */
  async claim(work: UnitOfWork, kinds: readonly string[]): Promise<ClaimedPart | null> {
    const [row] = await work.query<ClaimedPart>(
      `SELECT p.job_id AS "jobId", p.part, j.kind, j.parameters, j.state = 'RUNNING' AS planned, p.cursor, p.attempts
       FROM job_part p JOIN job j ON j.id = p.job_id
       WHERE p.state = 'OPEN' AND p.next_slice_at <= now() AND j.state IN ('WAITING', 'RUNNING') AND j.kind = ANY ($1)
       ORDER BY p.next_slice_at LIMIT 1 FOR UPDATE OF p SKIP LOCKED`,
      [kinds],
    );
    if (!row) return null;
    // Of a part that another lane gave free a moment ago the newest row is locked, and beside it stands the job as it was
    // before: that it is planned already is asked again, now that nobody else can be planning it.
    return { ...row, planned: row.planned || (await this.isRunning(work, row.jobId)) };
  }

  private async isRunning(work: UnitOfWork, jobId: string): Promise<boolean> {
    const [job] = await work.query<{ running: boolean }>(
      `SELECT state = 'RUNNING' AS running FROM job WHERE id = $1`,
      [jobId],
    );
    return job!.running;
  }

  async start(work: UnitOfWork, jobId: string, first: JobPart<unknown>): Promise<void> {
    await work.query(`UPDATE job SET state = 'RUNNING', started_at = now() WHERE id = $1`, [jobId]);
    await work.query(
      `UPDATE job_part SET cursor = $2, total = $3, attempts = 0 WHERE job_id = $1 AND part = 0`,
      [jobId, JSON.stringify(first.cursor), first.total],
    );
  }

  /** Saves how far a part has come; a null cursor ends it. */
  async advance(work: UnitOfWork, at: ClaimedPart, cursor: unknown, done: number): Promise<void> {
    await work.query(
      `UPDATE job_part SET cursor = $3, done = done + $4, attempts = 0, next_slice_at = clock_timestamp(),
         state = CASE WHEN $3::jsonb IS NULL THEN 'DONE' ELSE 'OPEN' END
       WHERE job_id = $1 AND part = $2`,
      [at.jobId, at.part, cursor === null ? null : JSON.stringify(cursor), done],
    );
  }

  /** Whether the caller's part was the last. Locks the job, so that of two parts that end at once exactly one is. */
  async isOver(work: UnitOfWork, jobId: string): Promise<boolean> {
    await work.query(`SELECT 1 FROM job WHERE id = $1 FOR UPDATE`, [jobId]);
    const [row] = await work.query<{ open: boolean }>(
      `SELECT EXISTS (SELECT FROM job_part WHERE job_id = $1 AND state <> 'DONE') AS open`,
      [jobId],
    );
    return !row!.open;
  }

  async end(work: UnitOfWork, jobId: string, state: JobState): Promise<void> {
    await work.query(
      `UPDATE job SET state = $2, ended_at = now() WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
      [jobId, state],
    );
  }

  /** Tries a part again after `seconds`. */
  async postpone(work: UnitOfWork, at: ClaimedPart, seconds: number): Promise<void> {
    await work.query(
      `UPDATE job_part SET attempts = attempts + 1, next_slice_at = now() + make_interval(secs => $3)
       WHERE job_id = $1 AND part = $2 AND state = 'OPEN'`,
      [at.jobId, at.part, seconds],
    );
  }

  /** Ends every part that is open. Parts before the job, as a slice does, so that the two never wait for each other. */
  async endParts(
    work: UnitOfWork,
    jobId: string,
    state: 'FAILED' | 'CANCELLED',
    error?: string,
  ): Promise<void> {
    await work.query(`UPDATE job_part SET state = $2, error = $3 WHERE job_id = $1 AND state = 'OPEN'`, [
      jobId,
      state,
      error ?? null,
    ]);
  }
}
