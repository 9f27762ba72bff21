import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { civilDayOf } from '../../common';
import type { Context, TenantRef } from '../context';
import { Database, isReadOnly, type UnitOfWork } from '../database';
import { AppError } from '../errors';
import { systemContext } from '../events';
import { type Logger, LOGGER } from '../logging';
import { Jobs } from './jobs';
import { type ClaimedPart, JobsStore } from './jobs.store';

const LOOK_EVERY_MS = 1_000;
/** Slices at a time in one process: while one computes, the database writes the other. */
const LANES = 2;
/** A lane with nothing to do looks again this soon while another is at work. */
const AGAIN_MS = 100;
/** After 1, 2, 4 … seconds, ten times, about a quarter of an hour in all; then the job has failed. */
const TRIES = 10;
const backOff = (attempts: number): number => Math.min(2 ** attempts, 300);

/**
 * Does the jobs of all countries, slice by slice and country by country in turn, any number of processes side by side.
 * Whoever works on a part holds its row locked; a process that dies lets go of it, and what it had not committed has
 * not happened.
 */
@Injectable()
export class JobRunner implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;
  private tenants: () => Promise<readonly TenantRef[]> = async () => [];
  /** By country: the day for which daily jobs were asked for. */
  private readonly asked = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly store: JobsStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Begins to do the jobs of every tenant that `tenants` gives at each look. The API does not call it. */
  start(tenants: () => Promise<readonly TenantRef[]>): void {
    this.tenants = tenants;
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private look(): void {
    this.running ??= this.tenants()
      .then(async tenants => {
        await this.askForToday(tenants);
        await this.runAll(tenants);
      })
      .catch(error => this.logger.error({ err: error }, 'the jobs could not be looked at'))
      .finally(() => (this.running = null));
  }

  /** Asks for the daily jobs of countries where a day has begun; every process may, and one of them is heard. */
  async askForToday(tenants: readonly TenantRef[]): Promise<void> {
    for (const tenant of tenants.filter(one => !isReadOnly(one))) {
      const ctx = systemContext(tenant);
      const today = civilDayOf(ctx.now(), tenant.timeZone);
      if (this.asked.get(tenant.code) === today) continue;
      const ask = async (work: UnitOfWork): Promise<void> => {
        for (const kind of this.jobs.daily()) await this.jobs.request(ctx, work, kind, {}, today);
      };
      await this.database.write(ctx, ask).then(
        () => this.asked.set(tenant.code, today),
        error => this.logger.error({ err: error, tenant: tenant.code }, 'daily jobs could not be asked for'),
      );
    }
  }

  /** Does everything that is due now. */
  async runAll(tenants: readonly TenantRef[]): Promise<void> {
    const served = tenants.filter(tenant => !isReadOnly(tenant)); // the others' jobs wait
    const at = { work: 0 };
    await Promise.all(Array.from({ length: LANES }, () => this.lane(served, at)));
  }

  /**
   * Slice after slice until there is none. One that finds nothing looks again while another is at work: what that one
   * is planning may be a job of several parts.
   */
  private async lane(tenants: readonly TenantRef[], at: { work: number }): Promise<void> {
    while (!this.stopped) {
      let worked = false;
      at.work++;
      for (const tenant of tenants) worked = (await this.runSlice(tenant)) || worked;
      at.work--;
      if (worked) continue;
      if (at.work === 0) return;
      await setTimeout(AGAIN_MS);
    }
  }

  /** One slice of one job of a tenant; false when there was none to do, or the tenant could not be reached. */
  private async runSlice(tenant: TenantRef): Promise<boolean> {
    const ctx = systemContext(tenant);
    const hold: { part?: ClaimedPart } = {};
    try {
      return await this.database.write(ctx, async work => {
        const part = await this.store.claim(work, this.jobs.known());
        if (!part) return false;
        hold.part = part;
        await (part.planned ? this.slice(ctx, work, part) : this.plan(ctx, work, part));
        return true;
      });
    } catch (error) {
      const { part } = hold;
      this.logger.error(
        { err: error, tenant: tenant.code, job: part?.jobId, kind: part?.kind },
        'a slice failed',
      );
      if (part) await this.failed(ctx, part, error).catch(() => undefined); // what cannot be noted is tried again
      return false;
    }
  }

  private async plan(
    ctx: Context,
    work: UnitOfWork,
    { jobId: id, kind, parameters }: ClaimedPart,
  ): Promise<void> {
    const [first, ...others] = await this.jobs.kind(kind).plan(ctx, work, { id, parameters });
    await this.store.start(work, id, first ?? { cursor: null, total: 0 });
    if (others.length > 0) await this.store.addParts(work, id, 1, others);
    if (!first) await this.finishPart(ctx, work, { jobId: id, part: 0, kind, parameters } as ClaimedPart, 0);
  }

  private async slice(ctx: Context, work: UnitOfWork, part: ClaimedPart): Promise<void> {
    const { jobId: id, parameters, cursor } = part;
    const next = await this.jobs
      .kind(part.kind)
      .slice(ctx, work, { id, parameters, part: part.part, cursor });
    if (next.cursor === null) return this.finishPart(ctx, work, part, next.done);
    await this.store.advance(work, part, next.cursor, next.done);
  }

  private async finishPart(ctx: Context, work: UnitOfWork, part: ClaimedPart, done: number): Promise<void> {
    await this.store.advance(work, part, null, done);
    if (!(await this.store.isOver(work, part.jobId))) return;
    await this.jobs.kind(part.kind).finish?.(ctx, work, { id: part.jobId, parameters: part.parameters });
    await this.store.end(work, part.jobId, 'DONE');
  }

  /** Our own errors say that it can never go well; any other may be gone the next time. */
  private async failed(ctx: Context, part: ClaimedPart, error: unknown): Promise<void> {
    const code = error instanceof AppError ? error.code : 'INTERNAL_SERVER_ERROR';
    const final = error instanceof AppError || part.attempts + 1 >= TRIES;
    await this.database.write(ctx, async work => {
      if (!final) return this.store.postpone(work, part, backOff(part.attempts));
      await this.store.endParts(work, part.jobId, 'FAILED', code);
      await this.store.end(work, part.jobId, 'FAILED');
    });
  }
}
