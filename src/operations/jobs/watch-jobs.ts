import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, type Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { type JobRow, Jobs } from '../../platform/jobs';
import { type Job, JobState } from './job.graphql';

/** How far long work of a country has come, and stopping it. */
@Injectable()
export class WatchJobs {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND. */
  one(ctx: Context, id: string): Promise<Job> {
    may(ctx, 'job.read');
    return this.database.read(ctx, async work => this.asJob(ctx, await this.known(work, id)));
  }

  /** Stops a job where it stands; of one that has ended already nothing changes. Throws NOT_FOUND. */
  cancel(ctx: Context, id: string): Promise<Job> {
    const permission: Permission = 'job.cancel';
    may(ctx, permission);
    return this.database.write(ctx, async work => {
      const { kind } = await this.known(work, id);
      await this.jobs.cancel(work, id);
      this.audit.record(ctx, work, { action: permission, resource: { type: 'job', id }, detail: { kind } });
      return this.asJob(ctx, await this.known(work, id));
    });
  }

  private async known(work: UnitOfWork, id: string): Promise<JobRow> {
    const job = await this.jobs.one(work, id);
    if (!job) throw notFound();
    return job;
  }

  private asJob(ctx: Context, job: JobRow): Job {
    const { done, total } = job;
    const what = this.texts.say(ctx, `jobs.kind.${job.kind}`);
    const state = total === null && job.state === 'RUNNING' ? 'RUNNING_UNCOUNTED' : job.state;
    const stands = this.texts.say(ctx, `jobs.state.${state}`, { done, total: total ?? 0 });
    return { ...job, state: JobState[job.state], message: `${what}: ${stands}` };
  }
}
